namespace Reasoner.Reports;

/// <summary>The style sheets in the assembly.</summary>
internal static class StyleSheets
{
    /// <summary>The text of a style sheet, which holds neither <c>&lt;</c> nor <c>&amp;</c>.</summary>
    public static string Read(string name)
    {
        using var stream = typeof(StyleSheets).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The style sheet {name} is not embedded in the assembly.");
        using var reader = new StreamReader(stream);
        return "\n" + reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
