const greek = new Map(
  (
    'alpha:α beta:β gamma:γ delta:δ epsilon:ε zeta:ζ eta:η theta:θ iota:ι kappa:κ lambda:λ mu:μ nu:ν xi:ξ ' +
    'omicron:ο pi:π rho:ρ sigma:σ tau:τ upsilon:υ phi:φ chi:χ psi:ψ omega:ω Gamma:Γ Delta:Δ Theta:Θ Lambda:Λ ' +
    'Xi:Ξ Pi:Π Sigma:Σ Upsilon:Υ Phi:Φ Psi:Ψ Omega:Ω'
  )
    .split(' ')
    .map((pair) => pair.split(':') as [string, string]),
);

const subscripts = '₀₁₂₃₄₅₆₇₈₉';

/** `w10` → `w₁₀`, `theta` → `θ`: a variable's name as plain text shows it. */
export function displayName(name: string): string {
  const { letter, index } = split(name);
  return (greek.get(letter) ?? letter) + (/^\d+$/.test(index) ? subscript(index) : index && `_${index}`);
}

/** `w10` → `w_{10}`, `theta` → `\theta`. */
export function texName(name: string): string {
  const { letter, index } = split(name);
  const base = greek.has(letter)
    ? `\\${letter === 'omicron' ? 'mathrm{o}' : letter}`
    : letter.length > 1
      ? `\\mathit{${letter}}`
      : letter;
  return index ? `${base}_{${index}}` : base;
}

/** Digits as subscripts: `12` → `₁₂`. */
export function subscript(digits: number | string): string {
  return String(digits).replace(/\d/g, (digit) => subscripts[Number(digit)] ?? digit);
}

function split(name: string): { letter: string; index: string } {
  const match = /^([^\d_]+)_?(.*)$/.exec(name);
  return { letter: match?.[1] ?? name, index: match?.[2] ?? '' };
}

/** `(x, y)`, and `(x_1, …, x_{10})` where the list is long, in TeX; nothing for no variables. */
export function texArguments(variables: readonly string[]): string {
  if (variables.length === 0) return '';
  const names = variables.map(texName);
  return `(${names.length <= 4 ? names.join(',\\,') : `${names[0]},\\,\\ldots,\\,${names.at(-1)}`})`;
}
