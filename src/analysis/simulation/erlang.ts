/**
 * Erlang C: Poisson arrivals, exponential service, `servers` alike, one queue without end.
 * @param servers a whole number, at least 1
 * @param offered arrivals a second times mean service time, in servers; below `servers`, else waiting has no mean
 * @returns the probability that work has to wait; 1 where `offered` is not below `servers`
 * @see https://en.wikipedia.org/wiki/Erlang_(unit)#Erlang_C_formula
 */
export function erlangC(servers: number, offered: number): number {
  if (offered >= servers) return 1;
  if (offered <= 0) return 0;
  // Erlang B by its recursion, which stays between 0 and 1 for thousands of servers; C follows from B.
  let blocked = 1;
  for (let n = 1; n <= servers; n += 1) blocked = (offered * blocked) / (n + offered * blocked);
  const use = offered / servers;
  return blocked / (1 - use + use * blocked);
}

/** Mean time in the queue in seconds, of all work, waiting or not; Infinity where the servers do not keep up. */
export function meanWait(servers: number, arrivals: number, serviceTime: number): number {
  const offered = arrivals * serviceTime;
  if (offered >= servers) return Number.POSITIVE_INFINITY;
  return (erlangC(servers, offered) * serviceTime) / (servers - offered);
}
