using Reasoner.Knowledge;

namespace Reasoner.Decisions;

/// <summary>Sources of facts as records write them.</summary>
internal static class SourceNames
{
    private static readonly (SourceKind Kind, string Name)[] _names =
    [
        (SourceKind.File, "file"), (SourceKind.Table, "table"), (SourceKind.Request, "request"), (SourceKind.RuleData, "rules"), (SourceKind.Pipeline, "pipeline"),
    ];

    public static SourceRecord Describe(FactSource source) =>
        new(_names.First(pair => pair.Kind == source.Document.Kind).Name, source.Document.Name, source.Place);

    /// <summary>The source that a record names; null where its kind is unknown.</summary>
    public static FactSource? Parse(SourceRecord record)
    {
        foreach (var (kind, name) in _names)
            if (name == record.Kind) return new FactSource(new SourceDocument(kind, record.Name), record.Place);
        return null;
    }
}
