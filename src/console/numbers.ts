const whole = new Intl.NumberFormat('en');
const inSeconds = inUnit('second');
const inMinutes = inUnit('minute');

function inUnit(unit: string): Intl.NumberFormat {
  return new Intl.NumberFormat('en', { style: 'unit', unit, unitDisplay: 'long' });
}

/** `12,345` */
export function count(number: number): string {
  return whole.format(number);
}

/** `1 webhook`, `12 webhooks`, `10,000 webhooks` */
export function webhookCount(number: number): string {
  return `${count(number)} ${number === 1 ? 'webhook' : 'webhooks'}`;
}

/** `1 second`, `40 seconds`, `2 minutes`: rounded up. */
export function duration(seconds: number): string {
  if (seconds <= 90) return inSeconds.format(Math.ceil(seconds));
  return inMinutes.format(Math.ceil(seconds / 60));
}
