import type { components } from './schema.js';

type Schemas = components['schemas'];

export type RegisterRequest = Schemas['RegisterRequest'];
export type LoginRequest = Schemas['LoginRequest'];
export type RefreshRequest = Schemas['RefreshRequest'];
export type PasswordResetRequest = Schemas['PasswordResetRequest'];
export type PasswordResetConfirmRequest = Schemas['PasswordResetConfirmRequest'];
export type VerifyEmailRequest = Schemas['VerifyEmailRequest'];
export type CreateUserRequest = Schemas['CreateUserRequest'];
export type UpdateUserRequest = Schemas['UpdateUserRequest'];

export type PlaceOrderRequest = Schemas['PlaceOrderRequest'];
/** The same as {@link PlaceOrderRequest}. */
export type CreateOrderRequest = PlaceOrderRequest;
export type AmendOrderRequest = Schemas['AmendOrderRequest'];
export type KillSwitchRequest = Schemas['KillSwitchRequest'];
export type CreateInstrumentRequest = Schemas['CreateInstrumentRequest'];
export type UpdateInstrumentRequest = Schemas['UpdateInstrumentRequest'];
export type MarketDataBatchRequest = Schemas['MarketDataBatchRequest'];

export type OpenAccountRequest = Schemas['OpenAccountRequest'];
export type UpdateAccountRequest = Schemas['UpdateAccountRequest'];
export type CloseAccountRequest = Schemas['CloseAccountRequest'];
export type DepositRequest = Schemas['DepositRequest'];
export type DeliverPositionRequest = Schemas['DeliverPositionRequest'];
export type TransferRequest = Schemas['TransferRequest'];
export type ScheduleTransferRequest = Schemas['ScheduleTransferRequest'];
export type CancelTransferRequest = Schemas['CancelTransferRequest'];
export type RecurrenceRequest = Schemas['RecurrenceRequest'];

export type WebhookRequest = Schemas['WebhookRequest'];
export type NotificationRequest = Schemas['NotificationRequest'];
