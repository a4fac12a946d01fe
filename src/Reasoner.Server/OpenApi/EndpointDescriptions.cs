using System.Collections.Immutable;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Reasoner.Server;

/// <summary>The words in which endpoints describe themselves in the OpenAPI document.</summary>
internal static class EndpointDescriptions
{
    public static RouteHandlerBuilder Describe(this RouteHandlerBuilder route, string tag, string name, string summary, string description) =>
        route.WithTags(tag).WithName(name).WithSummary(summary).WithDescription(description);

    public static RouteHandlerBuilder TakesCase(this RouteHandlerBuilder route) => route.WithMetadata(new BodyDescription(IsBatch: false));

    public static RouteHandlerBuilder TakesBatch(this RouteHandlerBuilder route) => route.WithMetadata(new BodyDescription(IsBatch: true));

    public static RouteHandlerBuilder Answers<T>(this RouteHandlerBuilder route, string mediaType, string description) =>
        route.WithMetadata(new ProducesResponseTypeMetadata(StatusCodes.Status200OK, typeof(T), [mediaType]) { Description = description });

    public static RouteHandlerBuilder Refuses(this RouteHandlerBuilder route, params ImmutableArray<ProblemKind> kinds) =>
        route.WithMetadata(new RefusalDescription([.. kinds, ProblemKind.Unexpected]));
}

/// <summary>What an endpoint's body is.</summary>
/// <param name="IsBatch">Whether it is a batch of cases, not one case.</param>
internal sealed record BodyDescription(bool IsBatch);

/// <summary>The endpoint's body is a question about a decision.</summary>
internal sealed record QuestionDescription;

/// <summary>The kinds of problems that an endpoint answers with.</summary>
/// <param name="Kinds">The kinds.</param>
internal sealed record RefusalDescription(ImmutableArray<ProblemKind> Kinds);
