// Stripe's own library signs events as Stripe does, and sends them where it is told.
// In, a line each: {"url", "secret", "body", "secondsAgo", "tamper", "count"}. Out: {"statuses": […]}, or 0 where there was no answer.
import readline from 'node:readline';
import Stripe from 'stripe';

const stripe = new Stripe('sk_test_x');
for await (const line of readline.createInterface({ input: process.stdin })) {
  const { url, secret, body, secondsAgo = 0, tamper = false, count = 1 } = JSON.parse(line);
  const timestamp = Math.floor(Date.now() / 1000) - secondsAgo;
  const signature = stripe.webhooks.generateTestHeaderString({ payload: body, secret, timestamp });
  const send = () => fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json; charset=utf-8', 'stripe-signature': signature },
    body: tamper ? body.replace('123', '999') : body,
  }).then(async (answer) => { await answer.text(); return answer.status; }, () => 0);
  console.log(JSON.stringify({ statuses: await Promise.all(Array.from({ length: count }, send)) }));
}
