using System.Text.Json;
using System.Text.RegularExpressions;

namespace Reasoner.Cli;

/// <summary>JSON files that the user names; what is wrong with them becomes a line with a position.</summary>
internal static partial class JsonInput
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
        new($"{name}:{problem.LineNumber + 1}:{problem.BytePositionInLine + 1}: error: this is no {kind}: {Describe(problem.Message)}");

    /// <summary>The parser's message without its own positions and names of types.</summary>
    private static string Describe(string message)
    {
        if (UnknownProperty().Match(message) is { Success: true } unknown) return $"{unknown.Groups[1].Value} is no property of one.";
        if (message.StartsWith("The input does not contain any JSON tokens", StringComparison.Ordinal)) return "there is nothing in it.";
        return Positions().Replace(message, "");
    }

    [GeneratedRegex("^The JSON property '([^']*)' could not be mapped")]
    private static partial Regex UnknownProperty();

    [GeneratedRegex(@" (Path: \S+ \| )?LineNumber: .*$", RegexOptions.Singleline)]
    private static partial Regex Positions();
}
