using System.Text.Json;

namespace Reasoner.Cli;

/// <summary>JSON files that the user names; what is wrong with them becomes a line with a position.</summary>
internal static class JsonInput
{
    /// <summary>Parses a file.</summary>
    /// <exception cref="FileErrorException">It is no JSON.</exception>
    public static JsonDocument Parse(Stream stream, string name)
    {
        try
        {
            return JsonDocument.Parse(stream);
        }
        catch (JsonException problem)
        {
            throw Error(name, problem, "JSON");
        }
    }

    /// <summary>Reads a value of a certain kind.</summary>
    /// <exception cref="FileErrorException">It is of another kind.</exception>
    public static T Read<T>(string name, Func<T?> read, string kind)
        where T : class
    {
        try
        {
            return read() ?? throw new JsonException("it is null.");
        }
        catch (JsonException problem)
        {
            throw Error(name, problem, kind);
        }
    }

    private static FileErrorException Error(string name, JsonException problem, string kind) =>
        new($"{name}:{problem.LineNumber + 1}:{problem.BytePositionInLine + 1}: error: this is no {kind}: {problem.Message}");
}
