namespace MyTradeX.Core.Tests.Reference;

sealed record NaiveCurrency(int Id, Text16 Code, int Scale, long FeeAccountId, long IssuanceAccountId);
