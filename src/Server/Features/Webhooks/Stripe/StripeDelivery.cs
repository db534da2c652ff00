using System.Buffers;
using System.Reflection;
using Microsoft.AspNetCore.Http.Metadata;
using MyTradeX.Contracts;
using MyTradeX.Server.Platform.Envelope;

namespace MyTradeX.Server.Features.Webhooks.Stripe;

/// <summary>A delivery as it came over the wire, byte for byte: what is signed is the bytes and not what they mean.</summary>
/// <param name="Signature">The header <c>Stripe-Signature</c>; empty when there is none.</param>
/// <param name="Body">At most <see cref="BodyBytesMax"/>.</param>
internal sealed record StripeDelivery(string Signature, byte[] Body) : IEndpointParameterMetadataProvider
{
    /// <summary>Largest event taken. Stripe's have a few kilobytes.</summary>
    public const int BodyBytesMax = 256 * 1024;

    public static async ValueTask<StripeDelivery> BindAsync(HttpContext context)
    {
        var reader = context.Request.BodyReader;
        while (true)
        {
            var read = await reader.ReadAsync(context.RequestAborted);
            if (read.Buffer.Length > BodyBytesMax)
            {
                // Given back before the answer: the server drains what still comes.
                reader.AdvanceTo(read.Buffer.End);
                throw new ApiException(ErrorCode.PayloadTooLarge, $"The body is larger than the {BodyBytesMax} bytes that this address accepts.", new() { Limit = BodyBytesMax });
            }
            if (!read.IsCompleted)
            {
                reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
                continue;
            }
            var body = read.Buffer.ToArray();
            reader.AdvanceTo(read.Buffer.End);
            return new(context.Request.Headers["Stripe-Signature"].ToString(), body);
        }
    }

    static void IEndpointParameterMetadataProvider.PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder) =>
        builder.Metadata.Add(new AcceptsMetadata(["application/json"], typeof(StripeEventBody), isOptional: false));
}

/// <summary>The members of an event that matter to every one, for the documents; the rest is as Stripe describes it.</summary>
internal sealed record StripeEventBody(string Id, string Type, long Created, StripeEventData Data);

/// <summary>What an event is about.</summary>
internal sealed record StripeEventData(System.Text.Json.Nodes.JsonObject Object);
