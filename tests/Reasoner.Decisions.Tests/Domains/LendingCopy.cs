using System.Text.Json.Nodes;
using Reasoner.Decisions;

namespace Reasoner.Testing;

/// <summary>The lending domain in a folder of its own, with quick training, so that tests can train and change it.</summary>
internal sealed class LendingCopy : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("reasoner-lending-");

    public LendingCopy()
    {
        var ontologies = Path.GetDirectoryName(Path.GetDirectoryName(Lending.Manifest)!)!;
        Copy(ontologies, "ontologies", SearchOption.AllDirectories);
        Copy(Path.Combine(ontologies, "..", "rules", "lending"), Path.Combine("rules", "lending"), SearchOption.TopDirectoryOnly);
        ChangeManifest(manifest => manifest["training"] = new JsonObject { ["experts"] = 3, ["topK"] = 2, ["seed"] = 7, ["epochs"] = 6, ["rehearsals"] = 2 });
    }

    public string Manifest => PathOf("ontologies/lending/domain.json");

    /// <summary>A table of the generated sample's header and first rows.</summary>
    public string TableOf(int rows) => Write("cases.csv", string.Join('\n', File.ReadLines(Lending.Sample).Take(rows + 1)) + "\n");

    public string PathOf(string name) => Path.Combine(_root.FullName, name);

    public string Write(string name, string text)
    {
        File.WriteAllText(PathOf(name), text);
        return PathOf(name);
    }

    public void ChangeManifest(Action<JsonObject> change)
    {
        var manifest = JsonNode.Parse(File.ReadAllText(Manifest))!.AsObject();
        change(manifest);
        File.WriteAllText(Manifest, manifest.ToJsonString());
    }

    public Domain Load(bool withModel = true) => Domain.Load(Manifest, withModel);

    public void Dispose() => _root.Delete(recursive: true);

    private void Copy(string from, string to, SearchOption depth)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", depth))
        {
            var target = PathOf(Path.Combine(to, Path.GetRelativePath(from, file)));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }
}
