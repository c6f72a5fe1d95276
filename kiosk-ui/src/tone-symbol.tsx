import type { JSX } from 'preact';

export type Tone = 'welcome' | 'stop' | 'ask';

/** The shape speaks before the colour does: a disc, an octagon, a diamond. */
const shapes: Record<Tone, JSX.Element> = {
  welcome: <circle class="shape" cx="50" cy="50" r="47" />,
  stop: <path class="shape" d="M31 3h38l28 28v38L69 97H31L3 69V31z" stroke-linejoin="round" />,
  ask: (
    <path
      class="shape"
      d="M44.3 5.7 5.7 44.3a8 8 0 0 0 0 11.4l38.6 38.6a8 8 0 0 0 11.4 0l38.6-38.6a8 8 0 0 0 0-11.4L55.7 5.7a8 8 0 0 0-11.4 0z"
    />
  ),
};

const marks: Record<Tone, JSX.Element> = {
  welcome: <path class="mark" d="M27 52l16 16 31-35" />,
  stop: <path class="mark" d="M33 33l34 34M67 33L33 67" />,
  ask: (
    <>
      <path class="mark" d="M38 40a12.5 12.5 0 1 1 19 10.7c-4.5 2.8-7 5-7 9.8" />
      <circle class="dot" cx="50" cy="73" r="5.5" />
    </>
  ),
};

/** ✓ in a disc, ✕ in an octagon, ? in a diamond. The words beside it say the same. */
export function ToneSymbol({ tone }: { tone: Tone }): JSX.Element {
  return (
    <svg class="tone-symbol" data-tone={tone} viewBox="0 0 100 100" aria-hidden="true">
      {shapes[tone]}
      {marks[tone]}
    </svg>
  );
}
