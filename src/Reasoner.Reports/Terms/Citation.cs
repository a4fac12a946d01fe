namespace Reasoner.Reports;

/// <summary>A law or policy that a rule implements.</summary>
/// <param name="Text">As the record has it, without angle brackets.</param>
/// <param name="Link">Where to read it; null unless it is an address of the web.</param>
internal sealed record Citation(string Text, string? Link)
{
    private static readonly char[] Separators = [' ', ',', '\t', '\r', '\n'];

    /// <summary>The citations of a source: one, or several IRIs with spaces or commas between them.</summary>
    public static IReadOnlyList<Citation> Of(string? source)
    {
        if (string.IsNullOrWhiteSpace(source)) return [];
        var parts = source.Split(Separators, StringSplitOptions.RemoveEmptyEntries).Select(Unwrapped).ToList();
        return parts.TrueForAll(part => Uri.TryCreate(part, UriKind.Absolute, out _))
            ? parts.ConvertAll(part => new Citation(part, WebAddress(part)))
            : [new Citation(source, null)];
    }

    private static string Unwrapped(string part) => part is ['<', .., '>'] ? part[1..^1] : part;

    // Only these two schemes: javascript:, data: and their like would act in the name of who opens the report.
    private static string? WebAddress(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps)
            ? uri.AbsoluteUri
            : null;
}
