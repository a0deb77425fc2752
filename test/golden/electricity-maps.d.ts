// The package's own types do not know this part of it.
declare module "@tgwf/co2/data/electricity-maps" {
  type Year = {
    readonly data: Readonly<
      Record<string, { readonly carbonIntensity: { readonly value: number; readonly unit: string } }>
    >;
  };
  const years: Readonly<Record<`yearly${2021 | 2022 | 2023 | 2024 | 2025}`, Year>>;
  // biome-ignore lint/style/noDefaultExport: it is the package's
  export default years;
}
