using System.Globalization;

namespace MyTradeX.Server.Features.Accounts;

/// <summary>
/// Accounts as people tell each other of them: ten digits and two check digits (ISO 7064 MOD 97-10, as in an IBAN), so that a mistyped or swapped
/// digit names no account instead of somebody else's.
/// </summary>
internal static class AccountNumber
{
    const int Digits = 12;

    /// <summary>The number of an account.</summary>
    public static string Of(long accountId) => string.Create(CultureInfo.InvariantCulture, $"{accountId:0000000000}{98 - accountId * 100 % 97:00}");

    /// <summary>Reads a number, spaces allowed; false when its check digits are wrong.</summary>
    public static bool TryParse(string text, out long accountId)
    {
        accountId = 0;
        var digits = text.Replace(" ", "", StringComparison.Ordinal);
        if (digits.Length < Digits || !long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number % 97 != 1)
            return false;
        accountId = number / 100;
        return Of(accountId) == digits;
    }
}
