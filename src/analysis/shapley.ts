/** A set of players that may or may not be had: its value, or undefined where it is not feasible. */
export type Worth = (members: readonly number[]) => number | undefined;

export type Shares = {
  /** by player; they add up to the value of all of them */
  readonly shares: readonly number[];
  /** by player; undefined: exact */
  readonly standardErrors: readonly number[] | undefined;
  /** orders that were sampled; undefined: exact */
  readonly orders: number | undefined;
  /** different sets met that are not feasible */
  readonly infeasible: number;
};

/** Up to so many players every set is looked at. */
export const MOST_EXACT = 12;

export type Sampling = {
  /** orders to draw; rounded up to a multiple of two, since each is also gone through backwards */
  readonly orders: number;
  readonly seed: number;
};

/**
 * Shapley values of the restricted game: a set that is not feasible is worth what its best feasible part is worth, found by
 * giving up players one at a time; nobody is worth 0. Where every set is feasible these are Shapley's own values. Shares
 * add up to the value of all, players that are alike get the same, and one that never adds anything gets 0.
 * Up to 12 players exactly, beyond by sampling orders and their reverses with a fixed seed.
 * @see L. S. Shapley, "A value for n-person games", 1953
 * @see R. B. Myerson, "Graphs and cooperation in games", 1977: the value of a game restricted to what is feasible
 * @see R. P. Gilles, G. Owen, R. van den Brink, "Games with permission structures", 1992: a set is worth its feasible part
 * @see J. Castro, D. Gomez, J. Tejada, "Polynomial calculation of the Shapley value based on sampling", 2009
 * @param worth of the set of all players is to be defined
 */
export function shapley(players: number, worth: Worth, sampling: Sampling): Shares {
  const game = new RestrictedGame(worth);
  return players <= MOST_EXACT ? exactShares(players, game) : sampledShares(players, game, sampling);
}

/** Values of all sets, each asked for once. Sets are written as texts, since there may be more than 32 players. */
class RestrictedGame {
  readonly #worth: Worth;
  readonly #values = new Map<string, number>();
  infeasible = 0;

  constructor(worth: Worth) {
    this.#worth = worth;
  }

  /** @param members in ascending order */
  value(members: readonly number[]): number {
    if (members.length === 0) return 0;
    const key = members.join(" ");
    const known = this.#values.get(key);
    if (known !== undefined) return known;
    const own = this.#worth(members);
    if (own === undefined) this.infeasible += 1;
    const value = own ?? Math.max(...members.map((gone) => this.value(members.filter((member) => member !== gone))));
    this.#values.set(key, value);
    return value;
  }
}

function exactShares(players: number, game: RestrictedGame): Shares {
  const shares = new Array<number>(players).fill(0);
  // weight of a set of s others: s! (n - s - 1)! / n!
  const weights = Array.from({ length: players }, (_, size) => 1 / (players * choose(players - 1, size)));
  for (let set = 0; set < 2 ** players; set += 1) {
    const members = Array.from({ length: players }, (_, at) => at).filter((at) => (set & (1 << at)) !== 0);
    const value = game.value(members);
    for (let player = 0; player < players; player += 1) {
      const isIn = (set & (1 << player)) !== 0;
      const weight = weights[isIn ? members.length - 1 : members.length] ?? Number.NaN;
      shares[player] = (shares[player] ?? Number.NaN) + (isIn ? weight : -weight) * value;
    }
  }
  return { shares, standardErrors: undefined, orders: undefined, infeasible: game.infeasible };
}

function choose(n: number, k: number): number {
  let ways = 1;
  for (let i = 1; i <= k; i += 1) ways = (ways * (n - k + i)) / i;
  return ways;
}

function sampledShares(players: number, game: RestrictedGame, { orders, seed }: Sampling): Shares {
  const random = generator(seed);
  const pairs = Math.max(2, Math.ceil(orders / 2));
  const sums = new Array<number>(players).fill(0);
  const squares = new Array<number>(players).fill(0);
  for (let pair = 0; pair < pairs; pair += 1) {
    const order = shuffled(players, random);
    const there = marginals(order, game);
    const back = marginals([...order].reverse(), game);
    for (let player = 0; player < players; player += 1) {
      const mean = ((there[player] ?? Number.NaN) + (back[player] ?? Number.NaN)) / 2;
      sums[player] = (sums[player] ?? Number.NaN) + mean;
      squares[player] = (squares[player] ?? Number.NaN) + mean * mean;
    }
  }
  const shares = sums.map((sum) => sum / pairs);
  const standardErrors = squares.map((square, player) => {
    const mean = shares[player] ?? Number.NaN;
    return Math.sqrt(Math.max(0, square / pairs - mean * mean) / (pairs - 1));
  });
  return { shares, standardErrors, orders: pairs * 2, infeasible: game.infeasible };
}

/** What each player adds when they come in this order. */
function marginals(order: readonly number[], game: RestrictedGame): readonly number[] {
  const added = new Array<number>(order.length).fill(0);
  let members: readonly number[] = [];
  let before = 0;
  for (const player of order) {
    members = [...members, player].sort((a, b) => a - b);
    const value = game.value(members);
    added[player] = value - before;
    before = value;
  }
  return added;
}

/** Fisher and Yates's shuffle of 0 to n - 1. */
function shuffled(n: number, random: () => number): readonly number[] {
  const order = Array.from({ length: n }, (_, at) => at);
  for (let at = n - 1; at > 0; at -= 1) {
    const other = Math.floor(random() * (at + 1));
    const [a = at, b = other] = [order[at], order[other]];
    order[at] = b;
    order[other] = a;
  }
  return order;
}

/** mulberry32: small, fast, the same on every machine. */
function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
