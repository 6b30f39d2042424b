/** Seeded random numbers: mulberry32 (T. Ettinger), uniform in [0, 1). */
export function uniform(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let z = Math.imul(state ^ (state >>> 15), 1 | state);
    z = (z + Math.imul(z ^ (z >>> 7), 61 | z)) ^ z;
    return ((z ^ (z >>> 14)) >>> 0) / 4294967296;
  };
}

/** Standard normal numbers by Box and Muller (Ann. Math. Stat. 29, 1958, p. 610). */
export function normal(seed: number): () => number {
  const draw = uniform(seed);
  return () => Math.sqrt(-2 * Math.log(1 - draw())) * Math.cos(2 * Math.PI * draw());
}

/** Batches without replacement: a shuffled deck, dealt on and shuffled anew when it is used up. */
export function batches(terms: number, size: number, seed: number): () => Int32Array {
  const draw = uniform(seed);
  const deck = Int32Array.from({ length: terms }, (_, i) => i);
  const hand = new Int32Array(size);
  let dealt = terms;
  return () => {
    for (let i = 0; i < size; i++) {
      if (dealt === terms) {
        for (let j = terms - 1; j > 0; j--) {
          const k = Math.floor(draw() * (j + 1));
          const card = deck[j]!;
          deck[j] = deck[k]!;
          deck[k] = card;
        }
        dealt = 0;
      }
      hand[i] = deck[dealt++]!;
    }
    return hand;
  };
}
