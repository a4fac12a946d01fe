using System.Collections.Immutable;

namespace Reasoner.Server;

/// <summary>A kind of problem: what a client's program tells problems apart by.</summary>
/// <param name="Name">The last part of its URN.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Title">The kind in words.</param>
internal sealed record ProblemKind(string Name, int Status, string Title)
{
    public static ProblemKind MalformedRequest { get; } = new("malformed-request", 400, "The request is not understood");

    public static ProblemKind MalformedCase { get; } = new("malformed-case", 400, "The case is malformed");

    public static ProblemKind UnknownQuery { get; } = new("unknown-query", 400, "The query holds an unknown name or value");

    public static ProblemKind NotFound { get; } = new("not-found", 404, "There is nothing at this address");

    public static ProblemKind UnknownDomain { get; } = new("unknown-domain", 404, "There is no such domain");

    public static ProblemKind UnknownDecision { get; } = new("unknown-decision", 404, "There is no such decision");

    public static ProblemKind MethodNotAllowed { get; } = new("method-not-allowed", 405, "The address does not take this method");

    public static ProblemKind NotAcceptable { get; } = new("not-acceptable", 406, "None of the accepted media types can be given");

    public static ProblemKind SlowRequest { get; } = new("slow-request", 408, "The request came too slowly");

    public static ProblemKind KeyInUse { get; } = new("key-in-use", 409, "A request with this idempotency key is in work");

    public static ProblemKind OtherVersions { get; } = new("other-versions", 409, "The decision was made on other versions");

    public static ProblemKind TooLarge { get; } = new("too-large", 413, "The request is too large");

    public static ProblemKind UnsupportedMediaType { get; } = new("unsupported-media-type", 415, "The media type is not taken");

    public static ProblemKind CaseRefused { get; } = new("case-refused", 422, "The case cannot be decided as it is");

    public static ProblemKind UnknownAnswer { get; } = new("unknown-answer", 422, "The domain has no such answer");

    public static ProblemKind NothingMayChange { get; } = new("nothing-may-change", 422, "The domain lets nothing of a case change");

    public static ProblemKind KeyReused { get; } = new("key-reused", 422, "The idempotency key was used for another request");

    public static ProblemKind LimitReached { get; } = new("limit-reached", 422, "The decision reached a limit of its domain");

    public static ProblemKind Unexpected { get; } = new("unexpected", 500, "The service failed");

    public static ProblemKind DomainUnavailable { get; } = new("domain-unavailable", 503, "The domain cannot be loaded");

    public static ProblemKind StoreUnavailable { get; } = new("store-unavailable", 503, "Decisions cannot be kept or found at the moment");

    public static ProblemKind SolverFailed { get; } = new("solver-failed", 503, "The constraint solver gave no answer");

    public static ProblemKind Busy { get; } = new("busy", 503, "The service is busy");

    public static ProblemKind NotReady { get; } = new("not-ready", 503, "The service is not ready");

    public static ProblemKind TimedOut { get; } = new("timed-out", 504, "The request took too long");

    /// <summary>The URN that names the kind.</summary>
    public string Type => "urn:reasoner:problem:" + Name;

    /// <summary>A problem of this kind.</summary>
    public Problem Of(string detail, IEnumerable<ProblemError>? errors = null) =>
        new() { Type = Type, Title = Title, Status = Status, Detail = detail, Errors = errors?.ToImmutableArray() ?? [] };

    /// <summary>The exception that ends a request with a problem of this kind.</summary>
    public ProblemException Refuse(string detail, IEnumerable<ProblemError>? errors = null) => new(Of(detail, errors));
}
