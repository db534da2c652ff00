import { useCandles } from '@mytradex/hooks';
import type { Candle, CandleInterval, Instrument } from '@mytradex/types';
import { CandlestickSeries, createChart, HistogramSeries, type IChartApi, type ISeriesApi, type UTCTimestamp } from 'lightweight-charts';
import { memo, useEffect, useRef, useState } from 'react';
import { barOf, firstChanged, intervals, type Bar } from '../models/candles.js';
import { fixed, priceDecimals } from '../models/format.js';
import { Choices } from '../ui/Choices.js';
import { Panel } from '../ui/Panel.js';
import { useTheme } from '../ui/theme.js';
import { chartColours, chartOptions } from './chartOptions.js';
import styles from './Chart.module.css';

const candlesShown = 300;

interface Series {
  chart: IChartApi;
  candles: ISeriesApi<'Candlestick'>;
  volume: ISeriesApi<'Histogram'>;
  // Read once with the theme: asking for a computed colour lays the whole page out.
  colours: ReturnType<typeof chartColours>;
}

/** Candles and volume, moved by each trade as it happens. */
export const Chart = memo(function Chart({ instrument, stale }: { instrument: Instrument; stale: string | undefined }) {
  const [interval, setInterval] = useState<CandleInterval>('1m');
  const box = useRef<HTMLDivElement>(null);
  const [series, setSeries] = useState<Series>();
  const drawn = useRef<readonly Candle[]>(undefined);
  const theme = useTheme();
  const decimals = priceDecimals(instrument);
  const candles = useCandles(instrument.symbol, interval, { limit: candlesShown }).data;

  useEffect(() => {
    const place = box.current;
    if (!place) return;
    const colours = chartColours(place);
    const chart = createChart(place, chartOptions(place, decimals, colours));
    const made = {
      chart,
      colours,
      candles: chart.addSeries(CandlestickSeries, { upColor: colours.up, downColor: colours.down, wickUpColor: colours.up, wickDownColor: colours.down, borderVisible: false, priceFormat: { type: 'price', precision: decimals, minMove: instrument.tickSize } }),
      volume: chart.addSeries(HistogramSeries, { priceScaleId: '', priceFormat: { type: 'volume' }, lastValueVisible: false, priceLineVisible: false }),
    };
    made.candles.priceScale().applyOptions({ scaleMargins: { top: 0.06, bottom: 0.22 } });
    made.volume.priceScale().applyOptions({ scaleMargins: { top: 0.84, bottom: 0 } });
    drawn.current = undefined;
    setSeries(made);
    return () => {
      setSeries(undefined);
      chart.remove();
    };
  }, [decimals, instrument.tickSize, theme.shown]);

  useEffect(() => {
    if (!series || !candles || candles === drawn.current) return;
    const { colours } = series;
    const from = firstChanged(drawn.current, candles);
    const bars = candles.slice(from).map(barOf);
    if (from === 0) {
      series.candles.setData(bars.map(candleOf));
      series.volume.setData(bars.map((bar) => volumeOf(bar, colours)));
    } else {
      for (const bar of bars) {
        series.candles.update(candleOf(bar));
        series.volume.update(volumeOf(bar, colours));
      }
    }
    drawn.current = candles;
  }, [series, candles]);

  // Another symbol or interval begins at its newest bar; a mere refetch leaves the eye where it is.
  useEffect(() => {
    series?.chart.timeScale().scrollToRealTime();
  }, [series, instrument.symbol, interval]);

  const bars = candles;
  const words = bars?.length
    ? `${bars.length} candles of ${interval}; the last closed at ${fixed(bars.at(-1)?.close, decimals)}, between ${fixed(Math.min(...bars.map((bar) => bar.low)), decimals)} and ${fixed(Math.max(...bars.map((bar) => bar.high)), decimals)}.`
    : 'No candles yet.';
  return (
    <Panel title="Chart" className={styles.panel} content="fill" stale={stale} aside={<Choices label="Interval" options={intervals} value={interval} onChange={setInterval} />}>
      <div ref={box} className={styles.box} role="img" aria-label={`Price of ${instrument.symbol}: ${words}`} />
    </Panel>
  );
});

function candleOf({ time, open, high, low, close }: Bar) {
  return { time: time as UTCTimestamp, open, high, low, close };
}

function volumeOf(bar: Bar, colours: { upBar: string; downBar: string }) {
  return { time: bar.time as UTCTimestamp, value: bar.volume, color: bar.close >= bar.open ? colours.upBar : colours.downBar };
}
