import { webhooks, type ApiError } from '@mytradex/api';
import type { DeliveryFilters, Webhook, WebhookDelivery, WebhookRequest } from '@mytradex/types';
import { useQuery, type UseMutationResult, type UseQueryResult } from '@tanstack/react-query';
import { keys } from './keys.js';
import { readAll, useInfiniteList, type InfiniteExtras, type InfiniteResult, type QueryExtras } from './lists.js';
import { useOptimisticMutation, useWrite, type MutationExtras } from './mutations.js';

/** The user's webhooks. */
export function useWebhooks(extras?: QueryExtras<Webhook[]>): UseQueryResult<Webhook[], ApiError> {
  return useQuery<Webhook[], ApiError>({ queryKey: keys.webhooks, queryFn: ({ signal }) => readAll((params) => webhooks.list(params, { signal })), ...extras });
}

/** Registers a webhook. Its answer alone holds the secret. */
export function useCreateWebhook(extras?: MutationExtras<Webhook, WebhookRequest>): UseMutationResult<Webhook, ApiError, WebhookRequest> {
  return useWrite({ mutationFn: (request) => webhooks.create(request), resource: 'webhooks' }, extras);
}

/** Changes a webhook. */
export function useUpdateWebhook(
  extras?: MutationExtras<Webhook, WebhookRequest & { id: string }>,
): UseMutationResult<Webhook, ApiError, WebhookRequest & { id: string }> {
  return useWrite({ mutationFn: ({ id, ...changes }) => webhooks.update(id, changes), resource: 'webhooks' }, extras);
}

/** Deletes a webhook by its id, shown at once. */
export function useDeleteWebhook(): UseMutationResult<void, ApiError, string, unknown> {
  return useOptimisticMutation<void, string>({
    mutationFn: (id) => webhooks.delete(id),
    resource: 'webhooks',
    queryKey: keys.webhooks,
    update: (cached, id) => (cached as Webhook[]).filter((each) => each.id !== id),
  });
}

/** Makes a new secret, which its answer alone holds. */
export function useRotateWebhookSecret(extras?: MutationExtras<Webhook, string>): UseMutationResult<Webhook, ApiError, string> {
  return useWrite({ mutationFn: (id) => webhooks.rotateSecret(id), resource: 'webhooks' }, extras);
}

/** Sends a message to try a webhook out. */
export function useTestWebhook(extras?: MutationExtras<WebhookDelivery, string>): UseMutationResult<WebhookDelivery, ApiError, string> {
  return useWrite({ mutationFn: (id) => webhooks.test(id), resource: 'webhooks' }, extras);
}

/** The log of a webhook's deliveries, newest first. */
export function useWebhookDeliveries(
  webhookId: string | undefined,
  filters: DeliveryFilters = {},
  extras?: InfiniteExtras<WebhookDelivery>,
): InfiniteResult<WebhookDelivery> {
  return useInfiniteList(
    keys.deliveries(webhookId ?? '', filters),
    (params, signal) => webhooks.deliveries(webhookId ?? '', { ...filters, ...params }, { signal }),
    { enabled: !!webhookId, ...extras },
  );
}

/** Delivers a message once more. */
export function useRedeliver(
  extras?: MutationExtras<WebhookDelivery, { webhookId: string; deliveryId: string }>,
): UseMutationResult<WebhookDelivery, ApiError, { webhookId: string; deliveryId: string }> {
  return useWrite({ mutationFn: ({ webhookId, deliveryId }) => webhooks.redeliver(webhookId, deliveryId), resource: 'webhooks' }, extras);
}
