using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Reasoner.Decisions;
using Reasoner.Storage;

namespace Reasoner.Server;

/// <summary>Deciding cases, and the decisions that were made.</summary>
internal static class DecisionEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/v1/domains/{domain}/decisions", Decide)
            .Describe("Decisions", "decide", "Decide a case", "Decides one case and answers with the decision record: the answer, every candidate with its reasons, the proofs, and the versions of everything that the decision depends on.")
            .TakesCase()
            .Answers<DecisionRecord>(DecisionText.MediaType, "The decision record; Location says where it is kept.")
            .Refuses(
                ProblemKind.MalformedRequest, ProblemKind.MalformedCase, ProblemKind.UnknownQuery, ProblemKind.UnknownDomain, ProblemKind.KeyInUse,
                ProblemKind.TooLarge, ProblemKind.UnsupportedMediaType, ProblemKind.CaseRefused, ProblemKind.KeyReused, ProblemKind.LimitReached,
                ProblemKind.DomainUnavailable, ProblemKind.StoreUnavailable, ProblemKind.Busy, ProblemKind.TimedOut);
        routes.MapGet("/v1/decisions/{id}", Find)
            .Describe("Decisions", "getDecision", "A decision record", "The record of a decision that was made here, as long as it is kept.")
            .Answers<DecisionRecord>(DecisionText.MediaType, "The decision record.")
            .Refuses(ProblemKind.UnknownDecision, ProblemKind.StoreUnavailable);
    }

    /// <summary>The decision of an id.</summary>
    /// <exception cref="ProblemException">There is none, or none any more.</exception>
    public static async ValueTask<StoredDecision> RequireAsync(this IDecisionStore store, string id, CancellationToken cancellation) =>
        await store.FindAsync(id, cancellation)
        ?? throw ProblemKind.UnknownDecision.Refuse("There is no decision of this id; it may have made room for newer ones.");

    private static async Task<IResult> Decide(
        string domain,
        string? explain,
        string? effort,
        [FromQuery] string[]? why,
        [FromHeader(Name = "Idempotency-Key")] string? idempotencyKey,
        HttpRequest request,
        DomainHost domains,
        DecisionDesk desk,
        IdempotencyKeys keys,
        CancellationToken cancellation)
    {
        var choice = DecisionQuery.Read(request.Query);
        var pipeline = await domains.PipelineOf(domain, cancellation);
        var input = await CaseBody.ReadAsync(request, pipeline.Domain.Manifest.Limits.CaseBytes, cancellation);
        if (idempotencyKey is null) return new DecisionResult((await DecideNow(null)).Decision);
        using var claim = await keys.ClaimAsync(domain, idempotencyKey, input, choice, cancellation);
        return new DecisionResult(claim.Earlier ?? claim.Settle(await DecideNow(claim.Key)));

        Task<KeptDecision> DecideNow(IdempotencyKey? key) => desk.DecideAsync(pipeline, input, choice, DecisionText.Indented, key, cancellation);
    }

    private static async Task<IResult> Find(string id, IDecisionStore store, CancellationToken cancellation)
    {
        var decision = await store.RequireAsync(id, cancellation);
        return Results.Bytes(DecisionText.Indented(decision.ToRecord()), DecisionText.MediaType);
    }
}
