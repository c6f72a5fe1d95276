import type { JSX } from 'preact';

/** On or off at once, with what it means below its name where the name does not say it. */
export function SwitchControl({
  label,
  means = '',
  on,
  disabled = false,
  change,
}: {
  label: string;
  means?: string;
  on: boolean;
  disabled?: boolean;
  change: (on: boolean) => void;
}): JSX.Element {
  return (
    <label class="switch">
      <input
        type="checkbox"
        role="switch"
        checked={on}
        disabled={disabled}
        onChange={(event) => change(event.currentTarget.checked)}
      />
      <span class="switch-words">
        <span class="switch-label">{label}</span>
        {means !== '' && <span class="switch-means">{means}</span>}
      </span>
    </label>
  );
}
