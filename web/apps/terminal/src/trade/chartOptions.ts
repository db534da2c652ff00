import { ColorType, CrosshairMode, TickMarkType, type DeepPartial, type TimeChartOptions, type Time } from 'lightweight-charts';

/** The colours of the page as the chart's canvas wants them: computed, since a canvas knows no custom properties. */
export function chartColours(box: HTMLElement) {
  const probe = document.createElement('span');
  box.append(probe);
  const read = (name: string) => {
    probe.style.color = `var(${name})`;
    return getComputedStyle(probe).color;
  };
  const colours = { ink: read('--soft'), line: read('--line'), up: read('--up'), down: read('--down'), upBar: read('--up-bar'), downBar: read('--down-bar') };
  probe.remove();
  return colours;
}

const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });
const clockWithSeconds = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' });
const dayOfMonth = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' });
const month = new Intl.DateTimeFormat('en-GB', { month: 'short', year: '2-digit' });

/** How the chart looks: quiet, in the page's colours, times in this machine's zone. */
export function chartOptions(box: HTMLElement, decimals: number, colours: ReturnType<typeof chartColours>): DeepPartial<TimeChartOptions> {
  return {
    autoSize: true,
    layout: { background: { type: ColorType.Solid, color: 'transparent' }, textColor: colours.ink, fontSize: 11, fontFamily: getComputedStyle(box).fontFamily, attributionLogo: false },
    grid: { vertLines: { color: colours.line }, horzLines: { color: colours.line } },
    crosshair: { mode: CrosshairMode.Normal },
    rightPriceScale: { borderColor: colours.line, minimumWidth: 64 },
    timeScale: {
      borderColor: colours.line,
      timeVisible: true,
      secondsVisible: false,
      rightOffset: 4,
      tickMarkFormatter: (at: Time, kind: TickMarkType) => tickMark(new Date(Number(at) * 1000), kind),
    },
    localization: {
      timeFormatter: (at: Time) => `${dayOfMonth.format(Number(at) * 1000)} ${clockWithSeconds.format(Number(at) * 1000)}`,
      priceFormatter: (price: number) => price.toFixed(decimals),
    },
  };
}

function tickMark(at: Date, kind: TickMarkType): string {
  if (kind === TickMarkType.Year || kind === TickMarkType.Month) return month.format(at);
  return kind === TickMarkType.DayOfMonth ? dayOfMonth.format(at) : clock.format(at);
}
