/** The lines inside a Lucide drawing. */
export const linesOf = (svg: string): string => svg.slice(svg.indexOf('>', svg.indexOf('<svg')) + 1, svg.lastIndexOf('<'));

/** It says nothing to a screen reader: the text beside it or the button's label does. */
export function Drawing({ lines, size }: { lines: string; size: number }) {
  return (
    <svg
      class="icon" width={size} height={size} viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2"
      stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" focusable="false"
      dangerouslySetInnerHTML={{ __html: lines }}
    />
  );
}
