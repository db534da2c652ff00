/** A few choices beside each other, one of them chosen. */
export function Choices<T extends string>(props: { label: string; options: readonly T[]; value: T; onChange: (value: T) => void; name?: (value: T) => string }) {
  return (
    <div className="choices" role="group" aria-label={props.label}>
      {props.options.map((option) => (
        <button key={option} type="button" aria-pressed={option === props.value} onClick={() => props.onChange(option)}>
          {props.name?.(option) ?? option}
        </button>
      ))}
    </div>
  );
}
