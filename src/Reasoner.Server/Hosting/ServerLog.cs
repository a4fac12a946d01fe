using Microsoft.Extensions.Logging;

namespace Reasoner.Server;

/// <summary>What the service logs. Nothing of a case is ever in it.</summary>
internal static partial class ServerLog
{
    [LoggerMessage(1, LogLevel.Information, "Decided {Id} in {Domain}: {Status}")]
    public static partial void Decided(this ILogger log, string id, string domain, string status);

    [LoggerMessage(2, LogLevel.Information, "Loaded domain {Domain} in {ElapsedMs} ms")]
    public static partial void DomainLoaded(this ILogger log, string domain, long elapsedMs);

    [LoggerMessage(3, LogLevel.Error, "Domain {Domain} cannot be loaded: {Problems}")]
    public static partial void DomainFailed(this ILogger log, Exception? exception, string domain, string problems);

    [LoggerMessage(4, LogLevel.Error, "Request {CorrelationId} failed: {Method} {Endpoint}")]
    public static partial void Failed(this ILogger log, Exception exception, string correlationId, string method, string? endpoint);

    [LoggerMessage(5, LogLevel.Information, "Batch in {Domain} ended: {Lines} lines, {Refused} refused")]
    public static partial void BatchEnded(this ILogger log, string domain, int lines, int refused);

    [LoggerMessage(6, LogLevel.Error, "The store of decisions cannot be used: {Problem}")]
    public static partial void StoreFailed(this ILogger log, string problem);
}
