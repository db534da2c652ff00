using System.Net.Http.Headers;
using System.Text.Json.Nodes;

namespace MyTradeX.EndToEnd.Tests;

/// <summary>A form with a picture of one pixel in it, which does as a file and as a user's picture.</summary>
static class UploadForm
{
    public const string ContentType = "multipart/form-data; boundary=the-boundary";

    static readonly byte[] _picture = Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

    public static byte[] Body { get; } =
        [.. "--the-boundary\r\nContent-Disposition: form-data; name=\"file\"; filename=\"dot.png\"\r\nContent-Type: image/png\r\n\r\n"u8, .. _picture, .. "\r\n--the-boundary--\r\n"u8];

    /// <summary>Uploads it; gives the file's id where there is one.</summary>
    public static async Task<string> SendAsync(ServerProcess server, string token, HttpMethod? method = null, string path = "upload")
    {
        using var request = new HttpRequestMessage(method ?? HttpMethod.Post, "api/v1/" + path) { Content = new ByteArrayContent(Body) };
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(ContentType);
        request.Headers.Authorization = new("Bearer", token);
        using var answer = await server.Http.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        return answer.IsSuccessStatusCode ? (string?)JsonNode.Parse(text)!["data"]!["fileId"] ?? "" : throw new InvalidOperationException($"{path}: {text}");
    }
}
