/** A colour in Oklab's polar form: lightness 0–1, chroma, hue in degrees (Ottosson 2020). */
type Oklch = readonly [lightness: number, chroma: number, hue: number];

/** Stops of a colour scale for Plotly, from 0 to 1. */
export type ColorScale = readonly (readonly [number, string])[];

/**
 * A scale whose lightness changes evenly, so that equal differences look equal and the order survives without colour.
 * Deep places are dark in both themes.
 */
export function evenScale(low: Oklch, high: Oklch, stops = 33): ColorScale {
  return Array.from({ length: stops }, (_, index) => {
    const t = index / (stops - 1);
    const mix = (a: number, b: number) => a + (b - a) * t;
    return [t, hex([mix(low[0], high[0]), mix(low[1], high[1]), mix(low[2], high[2])])] as const;
  });
}

export const scales = {
  light: evenScale([0.72, 0.07, 232], [0.985, 0.018, 115]),
  dark: evenScale([0.19, 0.045, 262], [0.55, 0.07, 190]),
} as const;

/** `#rrggbb`; what sRGB cannot show is cut off. */
function hex([lightness, chroma, hue]: Oklch): string {
  const a = chroma * Math.cos((hue * Math.PI) / 180);
  const b = chroma * Math.sin((hue * Math.PI) / 180);
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const linear = [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ];
  return `#${linear
    .map((channel) =>
      Math.round(255 * gamma(channel))
        .toString(16)
        .padStart(2, '0'),
    )
    .join('')}`;
}

function gamma(channel: number): number {
  const cut = Math.min(1, Math.max(0, channel));
  return cut <= 0.0031308 ? 12.92 * cut : 1.055 * cut ** (1 / 2.4) - 0.055;
}
