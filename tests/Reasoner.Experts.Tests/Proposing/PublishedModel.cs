using System.Text;
using Reasoner.Experts.Onnx;

namespace Reasoner.Experts.Tests.Proposing;

/// <summary>A model of random weights in a folder of its own, to break.</summary>
internal sealed class PublishedModel : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("reasoner-model-");

    public PublishedModel(ExpertForm form = ExpertForm.Operator, bool hasPolicy = true)
    {
        var random = new Random(1);
        var encoder = FeatureEncoder.Learn(SyntheticCases.AllKinds, [.. SyntheticCases.Mixed(50, 1).Select(row => row.Row)], bins: 3);
        var shape = new MixtureShape(encoder.Width, Hidden: 5, Experts: 4, Outputs: hasPolicy ? 6 : 3);
        var network = new MixtureNetwork(shape, [.. Enumerable.Range(0, shape.Parameters).Select(_ => (double)(float)(random.NextDouble() * 2 - 1))]);
        var options = new TrainingOptions { Experts = 4, TopK = 2, Hidden = 5 };
        Mixture = new(network, encoder, ["urn:a", "urn:b", "urn:c"], options, 1, 0, 50, new double[4])
        {
            Policy = hasPolicy ? new(["urn:c", "urn:b", "urn:a"], new Dictionary<string, IReadOnlyList<double>> { ["urn:limit"] = [0.5, -1, 0.25] }, new()) : null,
        };
        ModelFolder.Write(Folder, Mixture, "test", new("cases.csv", new('0', 64), 50, "Made up"));
        Model = MixtureExporter.Export(Mixture, form);
        Replace(Model);
        Card = File.ReadAllText(CardPath);
    }

    public TrainedMixture Mixture { get; }

    public string Folder => _folder.FullName;

    /// <summary>The model file as it was published.</summary>
    public byte[] Model { get; }

    /// <summary>The card as it was published.</summary>
    public string Card { get; }

    private string ModelPath => Path.Combine(Folder, ModelFolder.ModelFile);

    private string CardPath => Path.Combine(Folder, ModelFolder.CardFile);

    /// <summary>Puts another model file in place, and its hash on the card.</summary>
    public void Replace(byte[] model)
    {
        var hash = ModelFolder.Sha256(File.ReadAllBytes(ModelPath));
        File.WriteAllBytes(ModelPath, model);
        File.WriteAllText(CardPath, File.ReadAllText(CardPath).Replace(hash, ModelFolder.Sha256(model), StringComparison.Ordinal));
    }

    public void ReplaceCard(byte[] card) => File.WriteAllBytes(CardPath, card);

    /// <summary>Puts one text of the card for another, once.</summary>
    public void EditCard(string find, string put)
    {
        var at = Card.IndexOf(find, StringComparison.Ordinal);
        Assert.True(at >= 0, $"{find} is not on the card:\n{Card}");
        ReplaceCard(Encoding.UTF8.GetBytes(Card[..at] + put + Card[(at + find.Length)..]));
    }

    public void AssertRefused(string problem)
    {
        var refusal = Assert.Throws<ModelException>(() => MixtureProposer.Load(Folder).Dispose());
        Assert.Contains(problem, refusal.Message, StringComparison.Ordinal);
        Assert.NotEmpty(refusal.Advice);
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
