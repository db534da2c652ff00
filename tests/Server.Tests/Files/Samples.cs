using System.Buffers.Binary;
using System.Net.Http.Headers;
using System.Text;
using MyTradeX.Server.Tests.Host;
using Xunit;

namespace MyTradeX.Server.Tests.Files;

/// <summary>Small files of each type, and forms with them.</summary>
internal static class Samples
{
    public static readonly byte[] Pdf = "%PDF-1.7\n1 0 obj<<>>endobj\n%%EOF\n"u8.ToArray();

    public static byte[] Png(int width = 2, int height = 3)
    {
        var bytes = new byte[64];
        ((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10, 0, 0, 0, 13, (byte)'I', (byte)'H', (byte)'D', (byte)'R']).CopyTo(bytes);
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(16), width);
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(20), height);
        return bytes;
    }

    /// <summary>A JPEG whose frame comes after an application's segment of so many bytes.</summary>
    public static byte[] Jpeg(int width = 2, int height = 3, int applicationBytes = 40_000)
    {
        var frame = new byte[] { 0xFF, 0xC2, 0, 17, 8, (byte)(height >> 8), (byte)height, (byte)(width >> 8), (byte)width, 3 };
        return [0xFF, 0xD8, 0xFF, 0xE1, (byte)(applicationBytes >> 8), (byte)applicationBytes, .. new byte[applicationBytes - 2], 0xFF, .. frame, .. new byte[20]];
    }

    public static byte[] Gif(int width = 2, int height = 3) => [.. "GIF89a"u8, (byte)width, (byte)(width >> 8), (byte)height, (byte)(height >> 8), 0, 0, 0];

    public static byte[] WebP(string chunk, int width = 2, int height = 3)
    {
        var bits = (uint)(width - 1) | (uint)(height - 1) << 14;
        byte[] data = chunk switch
        {
            "VP8 " => [0, 0, 0, 0x9D, 0x01, 0x2A, (byte)width, (byte)(width >> 8), (byte)height, (byte)(height >> 8)],
            "VP8L" => [0x2F, (byte)bits, (byte)(bits >> 8), (byte)(bits >> 16), (byte)(bits >> 24), 0, 0, 0, 0, 0],
            _ => [0, 0, 0, 0, (byte)(width - 1), (byte)((width - 1) >> 8), 0, (byte)(height - 1), (byte)((height - 1) >> 8), 0],
        };
        return [.. "RIFF"u8, 30, 0, 0, 0, .. "WEBP"u8, .. Encoding.ASCII.GetBytes(chunk), 10, 0, 0, 0, .. data];
    }

    public static MultipartFormDataContent Form(byte[] bytes, string name = "a file", string? contentType = null, string part = "file")
    {
        var content = new ByteArrayContent(bytes);
        content.Headers.ContentType = contentType is null ? null : MediaTypeHeaderValue.Parse(contentType);
        return new() { { content, part, name } };
    }

    public static MultipartFormDataContent Form(string text, string name = "note.txt", string? contentType = null) => Form(Encoding.UTF8.GetBytes(text), name, contentType);

    public static Task<HttpResponseMessage> UploadAsync(this HttpClient client, HttpContent form) => client.PostAsync("/api/v1/upload", form, TestContext.Current.CancellationToken);

    /// <summary>Uploads what is fine, and gives its id.</summary>
    public static async Task<string> KeepAsync(this HttpClient client, HttpContent form) => (string)(await (await client.UploadAsync(form)).DataAsync())["fileId"]!;

    /// <summary>Names of all that is on the server's disk.</summary>
    public static string[] FilesOnDisk(this TestServer server) => [.. Directory.EnumerateFiles(Path.Combine(server.DataDir, "files")).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];
}
