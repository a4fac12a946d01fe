using System.Collections.Immutable;
using System.Text;
using Reasoner.Rdf;

namespace Reasoner.Rules;

/// <summary>What a <see cref="RuleSetReader"/> may do.</summary>
public sealed record RuleSetReaderOptions
{
    /// <summary>The IRI of a text that is no file; null lets relative IRIs be errors until BASE.</summary>
    public string? BaseIri { get; init; }

    /// <summary>The folder that imports must lie in; null: the folder of the file that was named first.</summary>
    public string? ImportRoot { get; init; }

    /// <summary>The folder relative to which positions name the files; null: as the caller named them.</summary>
    public string? NamesRelativeTo { get; init; }

    /// <summary>Whether what is not part of SPARQL 1.2 RL is an error (<see cref="DiagnosticCodes.Extension"/>).</summary>
    public bool IsStrict { get; init; }

    /// <summary>Reading a file stops after so many errors.</summary>
    public int MaximumErrors { get; init; } = 100;

    /// <summary>A longer file is not read.</summary>
    public long MaximumFileBytes { get; init; } = 256L << 20;

    /// <summary>More files, imports among them, are not read.</summary>
    public int MaximumFiles { get; init; } = 10_000;
}

/// <summary>What was read: the rule set, complete only without errors, and what there is to say about it.</summary>
/// <param name="RuleSet">The rules and data that could be read.</param>
/// <param name="Diagnostics">Errors and warnings, by file in reading order, then by position.</param>
public sealed record RuleSetReading(RuleSet RuleSet, ImmutableArray<Diagnostic> Diagnostics)
{
    /// <summary>Whether the rule set cannot be used.</summary>
    public bool HasErrors => Diagnostics.Any(diagnostic => diagnostic.Severity == Severity.Error);
}

/// <summary>
/// Reads SRL (SPARQL 1.2 RL, draft of August 2026) and resolves its imports. Bad input gives diagnostics, never an
/// exception. Imports are files: a relative reference is resolved against the importing file, whatever BASE says, and
/// every file is read once however often it is named; imported rules follow those of the files that import them.
/// </summary>
public sealed class RuleSetReader
{
    private static readonly UTF8Encoding _strictUtf8 = new(
        encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly RuleSetReaderOptions _options;
    private readonly CancellationToken _cancellation;
    private readonly List<SrlDocument> _documents = [];
    private readonly List<Diagnostic> _diagnostics = [];
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private readonly Queue<(string Path, string Name)> _waiting = new();
    private string? _root;

    private RuleSetReader(RuleSetReaderOptions? options, CancellationToken cancellation)
    {
        _options = options ?? new RuleSetReaderOptions();
        _cancellation = cancellation;
        _root = _options.ImportRoot is { } root ? Path.GetFullPath(root) : null;
    }

    /// <summary>Reads a text. It can import only where <see cref="RuleSetReaderOptions.ImportRoot"/> says from
    /// where.</summary>
    /// <param name="text">The SRL text.</param>
    /// <param name="fileName">Its name in positions.</param>
    /// <param name="options">Limits and places.</param>
    /// <param name="cancellation">Stops the reading.</param>
    public static RuleSetReading Parse(
        string text, string fileName, RuleSetReaderOptions? options = null, CancellationToken cancellation = default)
    {
        var reader = new RuleSetReader(options, cancellation);
        reader.Read(text, fileName, reader._options.BaseIri, reader._root);
        reader.ReadWaiting();
        return reader.Result();
    }

    /// <summary>Reads files and what they import, as one rule set.</summary>
    /// <param name="files">The files' paths, by which positions name them.</param>
    /// <param name="options">Limits and places.</param>
    /// <param name="cancellation">Stops the reading.</param>
    public static RuleSetReading ReadFiles(
        IEnumerable<string> files, RuleSetReaderOptions? options = null, CancellationToken cancellation = default)
    {
        var reader = new RuleSetReader(options, cancellation);
        foreach (var file in files)
        {
            var path = Path.GetFullPath(file);
            reader._root ??= Path.GetDirectoryName(path);
            if (reader._seen.Add(path)) reader._waiting.Enqueue((path, reader.NameOf(path, file)));
        }

        reader.ReadWaiting();
        return reader.Result();
    }

    private string NameOf(string path, string given) =>
        _options.NamesRelativeTo is { } folder ? Path.GetRelativePath(folder, path).Replace('\\', '/') : given;

    private void ReadWaiting()
    {
        while (_waiting.TryDequeue(out var file))
        {
            if (_documents.Count >= _options.MaximumFiles)
            {
                Report(new SourcePosition(file.Name, 0, 0), DiagnosticCodes.UnreadableFile,
                    $"More than {_options.MaximumFiles} files; raise the limit or join some.");
                return;
            }

            if (ReadText(file.Path, file.Name) is { } text)
                Read(text, file.Name, new Uri(file.Path).AbsoluteUri, Path.GetDirectoryName(file.Path));
        }
    }

    private string? ReadText(string path, string name)
    {
        try
        {
            var file = new FileInfo(path);
            if (file.Exists && file.Length <= _options.MaximumFileBytes) return File.ReadAllText(path, _strictUtf8);
            Report(new SourcePosition(name, 0, 0), DiagnosticCodes.UnreadableFile,
                file.Exists ? $"The file is longer than {_options.MaximumFileBytes} bytes; split it."
                    : "There is no such file.");
        }
        catch (DecoderFallbackException)
        {
            Report(new SourcePosition(name, 0, 0), DiagnosticCodes.UnreadableFile,
                "The file is not in UTF-8; save it so.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Report(new SourcePosition(name, 0, 0), DiagnosticCodes.UnreadableFile,
                $"The file cannot be read: {exception.Message}");
        }

        return null;
    }

    private void Read(string text, string name, string? iri, string? folder)
    {
        var document = new SrlDocument(name, iri, _documents.Count);
        _documents.Add(document);
        SrlParser.Read(text, document, _options.MaximumErrors, _cancellation);
        _diagnostics.AddRange(document.Diagnostics.OrderBy(diagnostic => diagnostic.Position));
        foreach (var import in document.Imports) Import(import, folder, Path.GetDirectoryName(name) ?? "");
    }

    private void Import(SrlImport import, string? folder, string folderName)
    {
        if (folder is null || _root is null)
        {
            Report(import.Position, DiagnosticCodes.ImportNotAllowed,
                "A text that is no file cannot import; give the imported rules with it.");
            return;
        }

        if (LocalPath(import.Reference, folder) is not { } path)
        {
            Report(import.Position, DiagnosticCodes.ImportNotAllowed,
                $"<{import.Reference}> is no file; only files are imported: give a path relative to this file.");
        }
        else if (!IsInside(_root, path))
        {
            Report(import.Position, DiagnosticCodes.ImportNotAllowed,
                $"<{import.Reference}> lies outside {_root}, from where imports are allowed; move it there.");
        }
        else if (!File.Exists(path))
        {
            Report(import.Position, DiagnosticCodes.ImportNotAllowed,
                $"There is no file <{import.Reference}> to import.");
        }
        else if (_seen.Add(path))
        {
            _waiting.Enqueue((path, Path.Combine(folderName, Path.GetRelativePath(folder, path))));
        }
    }

    private static string? LocalPath(string reference, string folder)
    {
        var hash = reference.IndexOf('#');
        if (hash >= 0) reference = reference[..hash];
        if (IriReference.IsAbsolute(reference))
            return Uri.TryCreate(reference, UriKind.Absolute, out var uri) && uri.IsFile
                && !uri.IsUnc ? Path.GetFullPath(uri.LocalPath) : null;
        var path = Uri.UnescapeDataString(reference);
        return path.Length == 0 || path.Contains('\0') ? null : Path.GetFullPath(path, folder);
    }

    // Links are followed, so that none leads outside.
    private static bool IsInside(string root, string path)
    {
        var target = File.Exists(path) ? File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path : path;
        return target.StartsWith(
            Path.TrimEndingDirectorySeparator(root) + Path.DirectorySeparatorChar, StringComparison.Ordinal);
    }

    private void Report(SourcePosition position, string code, string message) =>
        _diagnostics.Add(new Diagnostic(position, Severity.Error, code, message));

    private RuleSetReading Result()
    {
        var prefixes = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var (prefix, iri) in _documents.SelectMany(document => document.Prefixes))
            prefixes.TryAdd(prefix, iri);
        var ruleSet = new RuleSet(
            [.. _documents.SelectMany(document => document.Rules)],
            [.. _documents.SelectMany(document => document.Data)],
            prefixes.ToImmutable());
        return new RuleSetReading(ruleSet, _options.IsStrict ? [.. _diagnostics, .. Extensions.Find(ruleSet)] : [.. _diagnostics]);
    }
}
