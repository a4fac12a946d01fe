using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Reasoner.Experts;

/// <summary>
/// A folder in which a training writes down how far each of its descents is, so that an interrupted run goes on where it
/// stopped and ends with the same model, bit for bit. A folder belongs to one run: other rows or options are refused.
/// </summary>
/// <param name="folder">The folder; made when missing.</param>
public sealed class TrainingCheckpoint(string folder)
{
    private const string RunFile = "run.sha256";

    private static readonly TimeSpan _between = TimeSpan.FromSeconds(5);

    /// <summary>The folder.</summary>
    public string Folder => folder;

    /// <summary>Whether an earlier run left something to go on from.</summary>
    public bool HasProgress => Directory.Exists(folder) && Directory.EnumerateFiles(folder, "*.descent").Any();

    /// <summary>Removes what was written down; a finished training needs it no more.</summary>
    public void Clear()
    {
        if (!Directory.Exists(folder)) return;
        foreach (var file in Directory.GetFiles(folder, "*.descent")) File.Delete(file);
        File.Delete(Path.Combine(folder, RunFile));
        if (!Directory.EnumerateFileSystemEntries(folder).Any()) Directory.Delete(folder);
    }

    /// <summary>Whether a descent that was last written down at <paramref name="last"/> is due again.</summary>
    internal static bool IsDue(DateTime last) => DateTime.UtcNow - last >= _between;

    /// <summary>Makes sure that the folder holds this run's progress or none.</summary>
    /// <exception cref="ModelException">It holds another run's, or cannot be written.</exception>
    internal void Bind(FeatureSchema schema, IReadOnlyList<LabelledRow> rows, TrainingOptions options)
    {
        var run = Identify(schema, rows, options);
        var file = Path.Combine(folder, RunFile);
        Guard(() =>
        {
            Directory.CreateDirectory(folder);
            if (!File.Exists(file))
            {
                File.WriteAllText(file, run);
                return;
            }

            if (File.ReadAllText(file) == run) return;
            throw new ModelException(
                $"The checkpoint {folder} belongs to a training with other rows or options.",
                "Give the rows and options of that training to go on with it, or another folder to start afresh.");
        });
    }

    internal void Save(DescentName descent, Action<BinaryWriter> write) => Guard(() =>
    {
        var file = FileOf(descent);
        using (var writer = new BinaryWriter(File.Create(file + ".new"))) write(writer);
        File.Move(file + ".new", file, overwrite: true);
    });

    /// <returns>Whether there was something to take up.</returns>
    internal bool TryLoad(DescentName descent, Action<BinaryReader> read)
    {
        var file = FileOf(descent);
        if (!File.Exists(file)) return false;
        Guard(() =>
        {
            using var reader = new BinaryReader(File.OpenRead(file));
            read(reader);
        });
        return true;
    }

    private string FileOf(DescentName descent) => Path.Combine(folder, $"{descent}.descent");

    private static string Identify(FeatureSchema schema, IReadOnlyList<LabelledRow> rows, TrainingOptions options)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(JsonSerializer.SerializeToUtf8Bytes(options, CardJson.Default.TrainingOptions));
        foreach (var feature in schema) Append($"{feature}");
        foreach (var row in rows)
        {
            for (var i = 0; i < schema.Count; i++) Append(row.Row[i].ToString());
            Append(row.Label);
            foreach (var (answer, probability) in row.Teacher?.OrderBy(pair => pair.Key, StringComparer.Ordinal) ?? Enumerable.Empty<KeyValuePair<string, double>>())
                Append($"{answer}={BitConverter.DoubleToInt64Bits(probability)}");
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());

        void Append(string text) => hash.AppendData(Encoding.UTF8.GetBytes(text + "\n"));
    }

    private void Guard(Action action)
    {
        try
        {
            action();
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new ModelException(
                $"The checkpoint {folder} cannot be used: {problem.Message}", "Check the folder and its permissions, or start afresh in another one.", problem);
        }
    }
}
