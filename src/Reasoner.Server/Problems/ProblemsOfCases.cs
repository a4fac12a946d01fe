using System.Globalization;
using Microsoft.AspNetCore.Http;
using Reasoner.Constraints.Solving;
using Reasoner.Decisions;
using Reasoner.Decisions.Counterfactuals;
using Reasoner.Inference;
using Reasoner.Knowledge;
using Reasoner.Rdf;
using Reasoner.Storage;

namespace Reasoner.Server;

/// <summary>What exceptions mean to the client.</summary>
internal static class ProblemsOfCases
{
    /// <summary>The problem that an exception stands for; null for a failure that is not the client's.</summary>
    public static Problem? Of(Exception exception) => exception switch
    {
        ProblemException problem => problem.Problem,
        CaseFormatException format => Of(format),
        RdfSyntaxException syntax => ProblemKind.MalformedCase.Of(syntax.Message, [At(syntax.Position, "", syntax.Problem)]),
        CaseTooLargeException tooLarge => ProblemKind.TooLarge.Of(tooLarge.Message),
        CaseRefusedException refused => ProblemKind.CaseRefused.Of(refused.Summary, refused.Problems.Select(Of)),
        UnknownAnswerException answer => ProblemKind.UnknownAnswer.Of(answer.Message, answer.Known.Select(known => new ProblemError { About = known, Message = "is an answer of the domain" })),
        NothingMayChangeException nothing => ProblemKind.NothingMayChange.Of(nothing.Message),
        // What is wrong with the operator's database is for the operator's log.
        StorageException => ProblemKind.StoreUnavailable.Of("The store of decisions cannot be used at the moment. Send the request again later; with an Idempotency-Key a case is decided once however often it is sent."),
        SolverException solver => ProblemKind.SolverFailed.Of(solver.Message),
        EvaluationLimitException limit => ProblemKind.LimitReached.Of(limit.Message),
        BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } tooLarge => ProblemKind.TooLarge.Of(tooLarge.Message),
        BadHttpRequestException { StatusCode: StatusCodes.Status408RequestTimeout } slow => ProblemKind.SlowRequest.Of(slow.Message),
        BadHttpRequestException bad => ProblemKind.MalformedRequest.Of(bad.Message),
        _ => null,
    };

    /// <summary>The problem of a failure that is not the client's.</summary>
    public static Problem Unexpected(string correlationId) =>
        ProblemKind.Unexpected.Of($"The cause is in the service's log under {correlationId}.") with { CorrelationId = correlationId };

    private static Problem Of(CaseFormatException format)
    {
        var kind = format.IsSyntax ? ProblemKind.MalformedCase : ProblemKind.CaseRefused;
        return kind.Of(format.Message, format.Diagnostics.Select(diagnostic => At(diagnostic.Position, diagnostic.Pointer, diagnostic.Message)));
    }

    private static ProblemError At(SourcePosition position, string pointer, string message) => new()
    {
        Message = message,
        Pointer = pointer.Length == 0 ? null : pointer,
        Line = position.Line > 0 ? position.Line : null,
        Column = position.Column > 0 ? position.Column : null,
    };

    /// <summary>A case's problem names its place as <c>request:line:column</c>, as a JSON Pointer, or as a node.</summary>
    private static ProblemError Of(CaseProblem problem)
    {
        var error = new ProblemError { Message = problem.Message };
        if (problem.Pointer.Length == 0) return error;
        if (problem.Pointer[0] == '/') return error with { Pointer = problem.Pointer };
        var parts = problem.Pointer.Split(':');
        return parts[0] == CaseBody.Name && parts.Length is 2 or 3 && parts.Skip(1).All(part => int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out _))
            ? error with { Line = Number(parts[1]), Column = parts.Length == 3 ? Number(parts[2]) : null }
            : error with { About = problem.Pointer };
    }

    private static int Number(string digits) => int.Parse(digits, CultureInfo.InvariantCulture);
}
