using System.Buffers;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using Reasoner.Decisions;

namespace Reasoner.Server;

/// <summary>Reads cases from requests.</summary>
internal static class CaseBody
{
    /// <summary>What the facts of a request name as their document.</summary>
    public const string Name = "request";

    /// <summary>Reads the body as one case.</summary>
    /// <exception cref="ProblemException">Its media type is not taken, or it is too large.</exception>
    public static async Task<CaseInput> ReadAsync(HttpRequest request, int maxBytes, CancellationToken cancellation)
    {
        var mediaType = RequireMediaType(request, CaseInput.Json, CaseInput.Turtle);
        var body = await ReadBytesAsync(request, maxBytes, "A case", cancellation);
        return mediaType == CaseInput.Turtle ? CaseInput.OfTurtle(body, Name) : CaseInput.OfJson(body, Name);
    }

    /// <summary>The media type of the body, one of those taken.</summary>
    /// <exception cref="ProblemException">It is another, in another encoding than UTF-8, or compressed.</exception>
    public static string RequireMediaType(HttpRequest request, params ReadOnlySpan<string> taken)
    {
        if (request.Headers.ContentEncoding.Count > 0 && request.Headers.ContentEncoding != "identity")
            throw ProblemKind.UnsupportedMediaType.Refuse($"The body is encoded as {request.Headers.ContentEncoding}; send it as it is.");
        if (MediaTypeHeaderValue.TryParse(request.ContentType, out var given))
        {
            foreach (var mediaType in taken)
            {
                if (!given.MediaType.Equals(mediaType, StringComparison.OrdinalIgnoreCase)) continue;
                if (given.Charset.HasValue && !HeaderUtilities.RemoveQuotes(given.Charset).Equals("utf-8", StringComparison.OrdinalIgnoreCase))
                    throw ProblemKind.UnsupportedMediaType.Refuse($"The body is in {given.Charset}; send it in UTF-8.");
                return mediaType;
            }
        }

        var problem = request.ContentType is null ? "The request has no Content-Type" : "The media type is not taken here";
        throw ProblemKind.UnsupportedMediaType.Refuse($"{problem}; taken are: {string.Join(", ", taken!)}.");
    }

    /// <summary>Reads a body whole.</summary>
    /// <exception cref="ProblemException">It is too large; what it is says the problem.</exception>
    public static async Task<byte[]> ReadBytesAsync(HttpRequest request, int maxBytes, string what, CancellationToken cancellation)
    {
        if (request.ContentLength > maxBytes) throw TooLarge(what, maxBytes);
        var reader = request.BodyReader;
        while (true)
        {
            var read = await reader.ReadAsync(cancellation);
            var buffer = read.Buffer;
            if (buffer.Length > maxBytes)
            {
                reader.AdvanceTo(buffer.End);
                throw TooLarge(what, maxBytes);
            }

            if (read.IsCompleted)
            {
                var bytes = buffer.ToArray();
                reader.AdvanceTo(buffer.End);
                return bytes;
            }

            reader.AdvanceTo(buffer.Start, buffer.End);
        }
    }

    private static ProblemException TooLarge(string what, int maxBytes) =>
        ProblemKind.TooLarge.Refuse($"{what} may have at most {maxBytes} bytes. Leave out what the domain does not ask for, or split the case.");
}
