using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace MyTradeX.WebSockets.Tests.Transport;

/// <summary>One for all tests of a run, signed by itself.</summary>
static class TestCertificate
{
    public static X509Certificate2 Value { get; } = Make();

    static X509Certificate2 Make()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new("CN=localhost", key, HashAlgorithmName.SHA256);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pfx), null);
    }
}
