import { HttpResponse } from 'msw';
import { describe, expect, it } from 'vitest';
import { ApiError, FileService } from '../../src/index.js';
import { handlerFor } from '../../src/msw/index.js';
import { failureOf, impatientClient, mockVenue } from '../venue.js';

const server = mockVenue();
const refused = async (work: Promise<unknown>) => (await failureOf(work)) as ApiError;

describe('a refusal', () => {
  it.each([
    [400, 'VALIDATION_ERROR', 'VALIDATION_ERROR'],
    [403, 'FORBIDDEN', 'FORBIDDEN'],
    [404, 'ORDER_NOT_FOUND', 'NOT_FOUND'],
    [409, 'ORDER_NOT_OPEN', 'CONFLICT'],
    [422, 'INSUFFICIENT_FUNDS', 'API_ERROR'],
    [429, 'RATE_LIMIT_EXCEEDED', 'RATE_LIMITED'],
    [500, 'INTERNAL_SERVER_ERROR', 'SERVER_ERROR'],
    [401, 'UNAUTHORIZED', 'UNAUTHORIZED'],
  ])('with %i and %s is of the type %s', async (status, code, type) => {
    server.use(handlerFor('placeOrder', { status, error: { code, message: 'No.', details: { field: 'price', reason: 'is too low', suggested: 150 } } }));

    const error = await refused(impatientClient().post('/orders', {}));

    expect(error).toBeInstanceOf(ApiError);
    expect(error).toMatchObject({ type, code, status, message: 'No.', fields: { price: 'is too low' }, details: { suggested: 150 } });
    expect(error.requestId).toMatch(/^req-/);
  });

  it('names every field at fault', async () => {
    const errors = [
      { field: 'price', reason: 'is required' },
      { field: 'quantity', reason: 'must be positive' },
    ];
    server.use(handlerFor('placeOrder', { error: { code: 'VALIDATION_ERROR', message: 'No.', details: { field: 'price', reason: 'is required', errors } } }));

    expect((await refused(impatientClient().post('/orders', {}))).fields).toEqual({ price: 'is required', quantity: 'must be positive' });
  });

  it('of a download is read out of its bytes', async () => {
    server.use(handlerFor('getFile', { status: 404, error: { code: 'FILE_NOT_FOUND', message: 'There is no such file.' } }));

    const error = await refused(new FileService(impatientClient()).download('file-9'));

    expect(error).toMatchObject({ type: 'NOT_FOUND', code: 'FILE_NOT_FOUND', message: 'There is no such file.' });
  });

  it('without an envelope tells its status', async () => {
    server.use(handlerFor('me', () => new HttpResponse('<html>', { status: 418 })));

    expect(await refused(impatientClient().get('/auth/me'))).toMatchObject({ type: 'API_ERROR', status: 418, message: 'The server answered 418.' });
  });
});

describe('a server that does not answer', () => {
  it('is a network error', async () => {
    server.use(handlerFor('me', () => HttpResponse.error()));

    expect(await refused(impatientClient({ retry: { retries: 0 } }).get('/auth/me'))).toMatchObject({ type: 'NETWORK_ERROR', status: undefined });
  });

  it('in time is a timeout', async () => {
    server.use(handlerFor('me', () => new Promise<never>(() => undefined)));

    expect(await refused(impatientClient({ timeout: 20, retry: { retries: 0 } }).get('/auth/me'))).toMatchObject({ type: 'TIMEOUT' });
  });
});
