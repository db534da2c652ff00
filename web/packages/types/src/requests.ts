import type { components } from './schema.js';

type Schemas = components['schemas'];

/** Registers a user: either `name`, or `firstName` and `lastName`. */
export type RegisterRequest = Schemas['RegisterRequest'];
/** Signs in. */
export type LoginRequest = Schemas['LoginRequest'];
/** Trades a refresh token for new tokens. */
export type RefreshRequest = Schemas['RefreshRequest'];
/** Asks for a mail to set a new password. */
export type PasswordResetRequest = Schemas['PasswordResetRequest'];
/** Sets a new password by a mailed token. */
export type PasswordResetConfirmRequest = Schemas['PasswordResetConfirmRequest'];
/** Proves an email by a mailed token. */
export type VerifyEmailRequest = Schemas['VerifyEmailRequest'];
/** Creates a user. */
export type CreateUserRequest = Schemas['CreateUserRequest'];
/** Changes a user; what is left out stays. */
export type UpdateUserRequest = Schemas['UpdateUserRequest'];

/** Places an order, or previews it. */
export type PlaceOrderRequest = Schemas['PlaceOrderRequest'];
/** The same as {@link PlaceOrderRequest}. */
export type CreateOrderRequest = PlaceOrderRequest;
/** Changes an open order's quantity or prices. */
export type AmendOrderRequest = Schemas['AmendOrderRequest'];
/** Engages or lifts the kill switch. */
export type KillSwitchRequest = Schemas['KillSwitchRequest'];
/** Lists an instrument. */
export type CreateInstrumentRequest = Schemas['CreateInstrumentRequest'];
/** Changes an instrument's rules; what is left out stays. */
export type UpdateInstrumentRequest = Schemas['UpdateInstrumentRequest'];
/** Asks for several instruments at a glance, 100 at most. */
export type MarketDataBatchRequest = Schemas['MarketDataBatchRequest'];

/** Opens an account. */
export type OpenAccountRequest = Schemas['OpenAccountRequest'];
/** Renames an account. */
export type UpdateAccountRequest = Schemas['UpdateAccountRequest'];
/** Closes an account for good. */
export type CloseAccountRequest = Schemas['CloseAccountRequest'];
/** Pays money in. */
export type DepositRequest = Schemas['DepositRequest'];
/** Delivers shares in. */
export type DeliverPositionRequest = Schemas['DeliverPositionRequest'];
/** Sends money; the receiver is told by `toAccountId` or `toAccountNumber`. */
export type TransferRequest = Schemas['TransferRequest'];
/** Has money sent at `runAt`, and again where there is a `recurrence`. */
export type ScheduleTransferRequest = Schemas['ScheduleTransferRequest'];
/** Takes back a transfer that is still to come. */
export type CancelTransferRequest = Schemas['CancelTransferRequest'];
/** How a transfer is to happen again. */
export type RecurrenceRequest = Schemas['RecurrenceRequest'];

/** Registers or changes a webhook. */
export type WebhookRequest = Schemas['WebhookRequest'];
/** Sends a user a notification. */
export type NotificationRequest = Schemas['NotificationRequest'];
