using System.Net;
using System.Net.Sockets;

namespace MyTradeX.Server.Features.Webhooks;

/// <summary>Which addresses are out on the Internet: those to which a server may be sent by a stranger's word.</summary>
internal static class PublicAddresses
{
    // The special-purpose registries of IANA (RFC 6890 and what followed), less what is globally reachable.
    static readonly IPNetwork[] Reserved =
    [
        .. ((string[])
        [
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24",
            "192.88.99.0/24", "192.168.0.0/16", "192.175.48.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
            // Where clouds tell a machine its secrets lies in 169.254.0.0/16, except these.
            "168.63.129.16/32", "100.100.100.200/32",
            // Within the one range of IPv6 that is given out: documentation, benchmarks, Teredo and 6to4, which wrap IPv4 addresses.
            "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20",
        ]).Select(network => IPNetwork.Parse(network)),
    ];

    static readonly IPNetwork GlobalUnicast = IPNetwork.Parse("2000::/3");
    static readonly IPNetwork Translated = IPNetwork.Parse("64:ff9b::/96");

    public static bool IsPublic(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
            return IsPublic(address.MapToIPv4());
        if (address.AddressFamily == AddressFamily.InterNetworkV6)
        {
            // An IPv4 address behind a translator is judged as what it is.
            if (Translated.Contains(address))
                return IsPublic(new IPAddress(address.GetAddressBytes().AsSpan(12)));
            if (!GlobalUnicast.Contains(address))
                return false;
        }
        return !Reserved.Any(network => network.Contains(address));
    }
}
