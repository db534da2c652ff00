using Xunit;

namespace MyTradeX.EndToEnd.Tests.Fuzzing;

/// <summary>What the OpenAPI documents show, sent as it is but for names of things that are there. Also what makes sure that the fuzz spoils requests that would have worked.</summary>
public sealed class TheDocumentedExamples(FuzzedVenue venue) : IClassFixture<FuzzedVenue>
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task work_for_every_operation(int version)
    {
        var document = version == 1 ? venue.V1 : venue.V2;
        using var connection = new WireConnection(venue.Server.Http.BaseAddress!);
        foreach (var operation in document.Operations)
        {
            var draft = await venue.DraftAsync(operation, Sender.Admin);
            var answer = await connection.SendAsync(draft.ToWire());

            Assert.True(answer.Status is >= 200 and < 300, $"{operation}: {answer}\n\n{draft.ToWire()}");
            Assert.Null(AnswerCheck.FirstFault(document, draft, answer));
            await venue.RepairAsync(draft, answer.Status);
        }
    }
}
