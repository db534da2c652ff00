namespace MyTradeX.Core;

/// <summary>Bit mixing for look-up tables and fingerprints: the same on every machine and in every process.</summary>
static class Mixing
{
    /// <summary>Spreads the bits of a word over the whole word (the finaliser of SplitMix64).</summary>
    public static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9UL;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EBUL;
        return value ^ (value >> 31);
    }

    /// <summary>Folds one more word into a running fingerprint.</summary>
    public static ulong Fold(ulong fingerprint, long word) => Mix(fingerprint + 0x9E3779B97F4A7C15UL ^ (ulong)word);
}
