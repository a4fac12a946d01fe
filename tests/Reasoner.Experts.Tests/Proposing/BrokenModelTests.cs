using System.Text;
using Google.Protobuf;
using Reasoner.Experts.Onnx;
using Reasoner.Experts.Onnx.Format;

namespace Reasoner.Experts.Tests.Proposing;

/// <summary>What is no model is refused before it runs, with a message that says what does not fit, whatever the card vouches for.</summary>
public sealed class BrokenModelTests : IDisposable
{
    private readonly PublishedModel _published = new();

    public void Dispose() => _published.Dispose();

    [Theory]
    [InlineData(0.0)]
    [InlineData(0.1)]
    [InlineData(0.5)]
    [InlineData(0.99)]
    public void A_truncated_model_is_refused(double share)
    {
        _published.Replace(_published.Model[..(int)(_published.Model.Length * share)]);
        _published.AssertRefused("is not a model that was written here");
    }

    [Theory]
    [InlineData(MixtureExporter.FeaturesInput, "no tensor named \"features\"")]
    [InlineData(MixtureExporter.TopKInput, "no tensor named \"topk\"")]
    [InlineData(MixtureExporter.ProbabilitiesOutput, "no tensor named \"probabilities\"")]
    [InlineData(MixtureExporter.PreferencesOutput, "has a policy")]
    [InlineData(MixtureExporter.ExpertsOutput, "no tensor named \"experts\"")]
    [InlineData(MixtureExporter.WeightsOutput, "no tensor named \"weights\"")]
    public void An_input_or_output_of_another_name_is_named(string name, string problem)
    {
        Change(graph =>
        {
            foreach (var value in graph.Input.Concat(graph.Output).Where(value => value.Name == name)) value.Name = "other";
            foreach (var node in graph.Node)
            {
                Rename(node.Input);
                Rename(node.Output);
            }
        });
        _published.AssertRefused(problem);

        void Rename(IList<string> names)
        {
            for (var i = 0; i < names.Count; i++)
                if (names[i] == name) names[i] = "other";
        }
    }

    [Theory]
    [InlineData("\"modelSha256\": \"", "\"was\": \"", "not a model card")]
    [InlineData("\"architecture\": {", "\"was\": {", "not a model card")]
    [InlineData("\"training\": {", "\"was\": {", "not a model card")]
    [InlineData("\"experts\": [", "\"was\": [", "not a model card")]
    [InlineData("\"mean\": ", "\"mean\": NaN, \"was\": ", "not a model card")]
    [InlineData("\"mean\": ", "\"mean\": 1e999, \"was\": ", "how the feature \"amount\" is encoded")]
    [InlineData("\"scale\": ", "\"scale\": 1e999, \"was\": ", "how the feature \"amount\" is encoded")]
    [InlineData("\"scale\": ", "\"was\": ", "how the feature \"amount\" is encoded")]
    [InlineData("\"edges\": [", "\"edges\": [-1.7e308, 1.7e308], \"was\": [", "how the feature \"amount\" is encoded")]
    [InlineData("\"load\": ", "\"load\": 1e999, \"was\": ", "load is not a number")]
    [InlineData("\"temperature\": ", "\"temperature\": 1e999, \"was\": ", "temperature is not a number")]
    [InlineData("\"features\": [", "\"features\": [null], \"was\": [", "a feature is null")]
    [InlineData("\"experts\": [", "\"experts\": [null], \"was\": [", "an expert is null")]
    [InlineData("\"classes\": [", "\"classes\": [\"urn:a\", \"urn:a\", \"urn:c\"], \"was\": [", "two have the same")]
    [InlineData("\"classes\": [", "\"classes\": [null, \"urn:a\", \"urn:c\"], \"was\": [", "have no name")]
    [InlineData("\"answers\": [", "\"answers\": [null, \"urn:a\", \"urn:c\"], \"was\": [", "have no name")]
    [InlineData("\"urn:limit\": [", "\"urn:limit\": null, \"was\": [", "feedback is null")]
    [InlineData("\"urn:limit\": [", "\"urn:limit\": [1], \"was\": [", "other answers than its feedback")]
    [InlineData("\"topK\": 2,\n    \"parameters\"", "\"topK\": -1,\n    \"parameters\"", "more experts than it names")]
    public void A_card_that_says_nonsense_is_refused(string find, string put, string problem)
    {
        _published.EditCard(find, put);
        _published.AssertRefused(problem);
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("0")]
    [InlineData("2147483647")]
    public void A_card_of_a_size_that_the_file_cannot_hold_is_refused_when_read_back(string hidden)
    {
        _published.EditCard("\"hidden\": 5,", $"\"hidden\": {hidden},");
        Assert.Contains("cannot hold", Assert.Throws<ModelException>(() => ModelFolder.Read(_published.Folder)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_models_file_is_refused_by_its_hash()
    {
        using var other = new PublishedModel(ExpertForm.Gather);
        File.WriteAllBytes(Path.Combine(_published.Folder, ModelFolder.ModelFile), other.Model);
        _published.AssertRefused("is not the file that its card describes");
    }

    [Fact]
    public void A_tensor_in_another_file_is_refused_and_that_file_is_not_read()
    {
        var secret = Path.Combine(_published.Folder, "secret");
        File.WriteAllBytes(secret, new byte[1 << 16]);
        foreach (var location in (string[])["../../etc/passwd", "secret", secret])
        {
            Change(graph => graph.Initializer[0] = WithExternalData(graph.Initializer[0], location));
            _published.AssertRefused("data in other files");
        }
    }

    [Theory]
    [InlineData(new long[] { 1L << 40 })]
    [InlineData(new long[] { 1L << 32, 1L << 32, 1L << 32 })]
    [InlineData(new long[] { -1 })]
    [InlineData(new long[] { -4, -5 })]
    [InlineData(new long[] { })]
    public void A_tensor_that_declares_another_size_than_it_has_is_refused(long[] lengths)
    {
        Change(graph =>
        {
            graph.Initializer[0].Dims.Clear();
            graph.Initializer[0].Dims.AddRange(lengths);
        });
        _published.AssertRefused("is declared as");
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void A_weight_that_is_no_number_is_refused(float weight)
    {
        Change(graph => graph.Initializer.First(tensor => tensor.Name == "shared_weights").RawData =
            ByteString.CopyFrom([.. BitConverter.GetBytes(weight), .. graph.Initializer.First(tensor => tensor.Name == "shared_weights").RawData.Skip(4)]));
        _published.AssertRefused("not a number");
    }

    [Fact]
    public void Weights_that_overflow_are_refused_when_the_model_is_opened()
    {
        Change(graph =>
        {
            var bias = graph.Initializer.First(tensor => tensor.Name == "shared_bias");
            bias.RawData = ByteString.CopyFrom([.. Enumerable.Range(0, bias.RawData.Length / 4).SelectMany(_ => BitConverter.GetBytes(float.MaxValue))]);
            var opinions = graph.Initializer.First(tensor => tensor.Name == "opinions_bias");
            opinions.RawData = ByteString.CopyFrom([.. Enumerable.Range(0, opinions.RawData.Length / 4).SelectMany(_ => BitConverter.GetBytes(float.MaxValue))]);
        });
        _published.AssertRefused("something else than probabilities");
    }

    [Fact]
    public void An_operator_that_no_mixture_has_is_refused()
    {
        Change(graph => graph.Node.Insert(0, new NodeProto { OpType = "RandomNormal", Output = { "noise" } }));
        _published.AssertRefused("the operator RandomNormal");
    }

    [Fact]
    public void A_graph_within_an_operator_is_refused()
    {
        // Field 6 of an attribute is a graph; this reader has no such field.
        var attribute = AttributeProto.Parser.ParseFrom([.. new AttributeProto { Name = "body" }.ToByteArray(), (6 << 3) | 2, 0]);
        Change(graph => graph.Node[0].Attribute.Add(attribute));
        _published.AssertRefused("graphs within operators");
    }

    [Fact]
    public void A_graph_without_bounds_is_refused()
    {
        Change(graph =>
        {
            for (var i = 0; i < 1000; i++) graph.Node.Add(new NodeProto { OpType = "Relu", Input = { "features" }, Output = { $"more{i}" } });
        });
        _published.AssertRefused("operators; a mixture has at most");
    }

    [Fact]
    public void A_model_that_fails_when_it_runs_is_refused_when_it_is_opened()
    {
        // Two rows' worth of axes where there is one: well formed, and it fails at its first run if not before.
        Change(graph => graph.Initializer.First(tensor => tensor.Name == "heads").RawData = ByteString.CopyFrom([.. BitConverter.GetBytes(3L), .. BitConverter.GetBytes(7L)]));
        _published.AssertRefused("ONNX Runtime cannot");
    }

    /// <summary>Whatever a byte turns into, the process lives on: the model is refused, or it proposes.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Random_damage_to_the_model_file_is_survived(bool isOperator)
    {
        using var published = new PublishedModel(isOperator ? ExpertForm.Operator : ExpertForm.Gather);
        var seen = Survive(isOperator ? 2 : 1, published, published.Model, published.Replace);
        Assert.InRange(seen.Refused, 50, 250);
        Assert.InRange(seen.Opened, 10, 250);
    }

    [Fact]
    public void Random_damage_to_the_card_is_survived()
    {
        var seen = Survive(3, _published, Encoding.UTF8.GetBytes(_published.Card), _published.ReplaceCard);
        Assert.InRange(seen.Refused, 50, 250);
    }

    private static (int Refused, int Opened) Survive(int seed, PublishedModel published, byte[] original, Action<byte[]> replace)
    {
        var random = new Random(seed);
        var row = SyntheticCases.MixedRow(random, "car", "house");
        int refused = 0, opened = 0;
        for (var round = 0; round < 250; round++)
        {
            replace(Damage(original, random));
            try
            {
                using var proposer = MixtureProposer.Load(published.Folder);
                var proposal = proposer.Propose(row);
                Assert.All(proposal.Answers, answer => Assert.InRange(answer.Probability, 0, 1.001));
                proposer.Propose([row, row]);
                opened++;
            }
            catch (ModelException)
            {
                refused++;
            }

            try
            {
                ModelFolder.Read(published.Folder);
            }
            catch (ModelException)
            {
            }
        }

        return (refused, opened);
    }

    /// <summary>Cuts the end off, or changes one to four bytes: often where a file says what it is, and not only among its weights.</summary>
    private static byte[] Damage(byte[] original, Random random)
    {
        if (random.Next(8) == 0) return original[..random.Next(original.Length)];
        byte[] damaged = [.. original];
        for (var flips = random.Next(1, 5); flips > 0; flips--)
        {
            var place = random.Next(2) == 0 ? random.Next(damaged.Length) : random.Next(Math.Min(damaged.Length, 1500));
            damaged[place] ^= (byte)(1 << random.Next(8));
        }

        return damaged;
    }

    private void Change(Action<GraphProto> change)
    {
        var model = ModelProto.Parser.ParseFrom(_published.Model);
        change(model.Graph);
        _published.Replace(model.ToByteArray());
    }

    /// <summary>The tensor as ONNX has it whose data lie in another file: fields 13 and 14, which are not written here.</summary>
    private static TensorProto WithExternalData(TensorProto tensor, string location)
    {
        byte[] entry = new StringStringEntryProto { Key = "location", Value = location }.ToByteArray();
        tensor.RawData = ByteString.Empty;
        return TensorProto.Parser.ParseFrom([.. tensor.ToByteArray(), (13 << 3) | 2, (byte)entry.Length, .. entry, 14 << 3, 1]);
    }
}
