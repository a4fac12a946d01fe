using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Reasoner.Decisions;
using Reasoner.Decisions.Counterfactuals;
using Reasoner.Storage;

namespace Reasoner.Server;

/// <summary>What would have led to another answer.</summary>
internal static class CounterfactualEndpoints
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/v1/decisions/{id}/counterfactuals", Find)
            .Describe("Decisions", "findCounterfactuals", "What would have led to another answer", "Finds the changes of least cost, among those that the domain's manifest allows, that lead to a wanted answer. Each is decided like any case, with proofs of its own. The answer is the decision record with them; the decision that is kept stays as it was.")
            .WithMetadata(new QuestionDescription())
            .Answers<DecisionRecord>(DecisionText.MediaType, "The decision record with its member counterfactuals: whether any were found, whether the search was complete, and the alternatives, the cheapest first.")
            .Refuses(
                ProblemKind.MalformedRequest, ProblemKind.UnknownDecision, ProblemKind.UnknownDomain, ProblemKind.OtherVersions, ProblemKind.TooLarge,
                ProblemKind.UnsupportedMediaType, ProblemKind.CaseRefused, ProblemKind.LimitReached, ProblemKind.UnknownAnswer, ProblemKind.NothingMayChange,
                ProblemKind.DomainUnavailable, ProblemKind.StoreUnavailable, ProblemKind.Busy, ProblemKind.TimedOut);

    private static async Task<IResult> Find(
        string id, HttpRequest request, DomainHost domains, DecisionDesk desk, IDecisionStore store, CancellationToken cancellation)
    {
        var record = (await store.RequireAsync(id, cancellation)).ToRecord();
        CaseBody.RequireMediaType(request, DecisionText.MediaType);
        var question = CounterfactualRequest.Read(await CaseBody.ReadBytesAsync(request, CounterfactualRequest.MaxBytes, "A question", cancellation));
        var pipeline = await domains.PipelineOf(record.Domain, cancellation);
        ReplayEndpoints.RequireVersions(record.Versions, pipeline.Domain.Versions);
        var want = AnswerName.Find(pipeline.Domain, question.Want);
        var options = question.OptionsFor(Replay.ChoiceOf(record));
        var explained = await desk.InTurnAsync(() => new CounterfactualSearch(pipeline).Explain(record, want, options, cancellation), cancellation);
        return Results.Bytes(DecisionText.Indented(explained), DecisionText.MediaType);
    }
}
