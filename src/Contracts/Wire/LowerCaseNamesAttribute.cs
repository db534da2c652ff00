namespace MyTradeX.Contracts.Wire;

/// <summary>An enum whose wire names are in lower case (<c>completed</c>), where the contract has them so.</summary>
[AttributeUsage(AttributeTargets.Enum)]
public sealed class LowerCaseNamesAttribute : Attribute;
