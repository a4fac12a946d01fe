using Google.Protobuf;
using Reasoner.Experts.Onnx.Format;
using static Reasoner.Experts.Onnx.Format.TensorProto.Types;

namespace Reasoner.Experts.Onnx;

/// <summary>
/// Writes a trained mixture as one ONNX file: from encoded rows to calibrated probabilities, the policy's preferences if
/// there is a policy, the chosen experts and their weights. One file serves quick and thorough decisions: it can be
/// opened to run any number of experts. An expert that is not chosen costs nothing in either <see cref="ExpertForm"/>.
/// The file is refused unless ONNX Runtime computes from it what the trainer computes.
/// </summary>
internal static class MixtureExporter
{
    public const string FeaturesInput = "features";
    public const string TopKInput = "topk";
    public const string ProbabilitiesOutput = "probabilities";
    public const string PreferencesOutput = "preferences";
    public const string ExpertsOutput = "experts";
    public const string WeightsOutput = "weights";

    /// <summary>The key of the metadata that says how many experts there are; no shape of the graph does.</summary>
    public const string ExpertsMetadata = "experts";

    /// <summary>The greatest difference between the file's probabilities and the trainer's that is taken for rounding.</summary>
    public const double Tolerance = 1e-4;

    /// <summary>
    /// Up to so many experts the runtime's own operator is as fast for one row as gathering, within a microsecond or two
    /// either way, and several times as fast for many rows; with more it is slower for one row, which is what decisions
    /// ask for. Measured by the benchmark "experts".
    /// </summary>
    public const int MostOperatorExperts = 16;

    /// <summary>The runtime's own operator for a sparse mixture.</summary>
    public const string OperatorName = "MoE";

    public const string OperatorDomain = "com.microsoft";

    private const string OperatorTopK = "k";
    private const int CheckedRows = 64;

    /// <summary>The form that suits a mixture's size.</summary>
    public static ExpertForm FormOf(MixtureShape shape) =>
        shape.Experts <= MostOperatorExperts && shape.Outputs <= shape.Inputs ? ExpertForm.Operator : ExpertForm.Gather;

    /// <summary>The form of a file.</summary>
    public static ExpertForm FormOf(byte[] model) => OperatorOf(ModelProto.Parser.ParseFrom(model)) is null ? ExpertForm.Gather : ExpertForm.Operator;

    /// <summary>The bytes of the model file; the same mixture always gives the same bytes.</summary>
    /// <param name="mixture">The mixture.</param>
    /// <param name="form">How the file runs experts; by size when left out.</param>
    /// <exception cref="ModelException">ONNX Runtime computes something else from the file than the trainer does.</exception>
    public static byte[] Export(TrainedMixture mixture, ExpertForm? form = null)
    {
        var model = Write(mixture, form ?? FormOf(mixture.Network.Shape));
        Verify(mixture, model);
        return model;
    }

    /// <summary>The same model, set to run <paramref name="topK"/> experts where its form fixes how many.</summary>
    public static byte[] ForTopK(byte[] model, int topK)
    {
        ModelProto parsed;
        try
        {
            parsed = ModelProto.Parser.ParseFrom(model);
        }
        catch (InvalidProtocolBufferException)
        {
            // ONNX Runtime will say better what is wrong with it.
            return model;
        }

        if (OperatorOf(parsed)?.Attribute.FirstOrDefault(attribute => attribute.Name == OperatorTopK) is not { } attribute || attribute.I == topK) return model;
        attribute.I = topK;
        return parsed.ToByteArray();
    }

    private static NodeProto? OperatorOf(ModelProto model) =>
        model.Graph?.Node.FirstOrDefault(node => node.OpType == OperatorName && node.Domain == OperatorDomain);

    /// <summary>Refuses a file that does not compute what the mixture computes, on random rows and several numbers of experts.</summary>
    public static void Verify(TrainedMixture mixture, byte[] model)
    {
        var random = new SeededRandom(mixture.Options.Seed);
        var rows = new FeatureMatrix(CheckedRows, mixture.Encoder.Width);
        for (var row = 0; row < rows.Rows; row++)
            foreach (ref var value in rows[row]) value = random.Next(3) == 0 ? (float)(random.NextDouble() * 4 - 2) : 0;

        foreach (var topK in ((int[])[1, mixture.TopK, mixture.Experts.Count]).Distinct())
        {
            using var session = OnnxEnvironment.Open(ForTopK(model, topK));
            using var run = new BoundRun(session, rows.Rows, rows.Columns, topK, mixture.Classes.Count, mixture.Policy?.Answers.Count ?? 0);
            for (var row = 0; row < rows.Rows; row++) rows[row].CopyTo(run.Features(row));
            run.Run();
            Compare(mixture, rows, topK, run);
        }
    }

    private static void Compare(TrainedMixture mixture, FeatureMatrix rows, int topK, BoundRun run)
    {
        var pass = new MixturePass(mixture.Network.Shape);
        var expected = new double[mixture.Classes.Count];
        var preferences = new double[mixture.Policy?.Answers.Count ?? 0];
        for (var row = 0; row < rows.Rows; row++)
        {
            mixture.Forward(rows[row], topK, pass, expected, preferences);
            if (IsTooCloseToCall(pass.GateLogits, topK)) continue;
            Expect("probability", expected, run.Probabilities(row), row);
            Expect("preference", preferences, run.Preferences(row), row);
        }

        void Expect(string what, double[] trainers, ReadOnlySpan<float> files, int row)
        {
            for (var i = 0; i < trainers.Length; i++)
            {
                // A comparison with not-a-number is false: only a difference known to be small passes.
                if (Math.Abs(trainers[i] - files[i]) <= Tolerance) continue;
                throw new ModelException(
                    $"ONNX Runtime gives the {what} {files[i]:G6} where the trainer gives {trainers[i]:G6} (row {row + 1}, {topK} experts).",
                    "The model was not written. Train again with another seed or a smaller LearningRate; weights this large are not to be trusted.");
            }
        }
    }

    /// <summary>
    /// Whether rounding may decide which expert comes last among those chosen: then the file may rightly choose another
    /// one. An exact tie is no such case, as both take the lower number.
    /// </summary>
    private static bool IsTooCloseToCall(double[] gateLogits, int topK)
    {
        if (topK == gateLogits.Length) return false;
        double[] falling = [.. gateLogits.OrderDescending()];
        var gap = falling[topK - 1] - falling[topK];
        return gap > 0 && gap < 1e-5 * Math.Max(1, Math.Abs(falling[topK]));
    }

    private static byte[] Write(TrainedMixture mixture, ExpertForm form)
    {
        var shape = mixture.Network.Shape;
        var parameters = Array.ConvertAll(mixture.Network.Parameters, parameter => (float)parameter);
        var graph = new OnnxGraph("mixture");
        var features = graph.Input(FeaturesInput, DataType.Float, "rows", Text(shape.Inputs));
        var topK = graph.Input(TopKInput, DataType.Int64, "1");

        // Which experts, and how much each says.
        var gate = graph.Apply("Gemm", "gate_logits", [
            features,
            graph.Constant("gate_weights", parameters.AsSpan(shape.GateWeights), shape.Experts, shape.Inputs),
            graph.Constant("gate_bias", parameters.AsSpan(shape.GateBias), shape.Experts),
        ], OnnxGraph.Attribute("transB", 1));
        graph.Apply("TopK", [gate, topK], ["chosen_logits", ExpertsOutput], OnnxGraph.Attribute("axis", -1));
        graph.Apply("Softmax", WeightsOutput, ["chosen_logits"], OnnxGraph.Attribute("axis", -1));

        var routed = form == ExpertForm.Operator
            ? ByOperator(graph, shape, parameters, features, gate, mixture.TopK)
            : ByGathering(graph, shape, parameters, features);
        var shared = graph.Apply("Gemm", "shared", [
            features,
            graph.Constant("shared_weights", parameters.AsSpan(shape.SharedWeights), shape.Outputs, shape.Inputs),
            graph.Constant("shared_bias", parameters.AsSpan(shape.SharedBias), shape.Outputs),
        ], OnnxGraph.Attribute("transB", 1));
        var logits = graph.Apply("Add", "logits", [shared, routed]);

        if (mixture.Policy is { } policy)
        {
            graph.Apply("Split", [logits, graph.Constant("heads", mixture.Classes.Count, policy.Answers.Count)], ["class_logits", "policy_logits"], OnnxGraph.Attribute("axis", -1));
            graph.Apply("Softmax", ProbabilitiesOutput, ["class_logits"], OnnxGraph.Attribute("axis", -1));
            graph.Apply("Softmax", PreferencesOutput, ["policy_logits"], OnnxGraph.Attribute("axis", -1));
            graph.Output(PreferencesOutput, DataType.Float, "rows", Text(policy.Answers.Count));
        }
        else
        {
            graph.Apply("Softmax", ProbabilitiesOutput, [logits], OnnxGraph.Attribute("axis", -1));
        }

        graph.Output(ProbabilitiesOutput, DataType.Float, "rows", Text(mixture.Classes.Count));
        graph.Output(ExpertsOutput, DataType.Int64, "rows", "k");
        graph.Output(WeightsOutput, DataType.Float, "rows", "k");
        graph.Metadata(ExpertsMetadata, Text(shape.Experts));
        return graph.ToModelFile();
    }

    /// <summary>
    /// [rows, k, hidden + 1, inputs] x [rows, 1, inputs, 1], rectified and weighed, laid end to end, and on as
    /// [rows, 1, k (hidden + 1)] x [rows, k (hidden + 1), outputs]: the second product sums over the experts as it goes.
    /// The last hidden unit is always 1, so that its row of the second matrix is the second bias.
    /// </summary>
    /// <remarks>
    /// At one row, an operator's fixed cost and the copying of the chosen weights are most of the time. Both products are
    /// matrix times vector, as the runtime multiplies fastest; measured to be a seventh faster than two products of row
    /// times matrix, each with its own gathered bias, and a sum after them.
    /// </remarks>
    private static string ByGathering(OnnxGraph graph, MixtureShape shape, float[] parameters, string features)
    {
        var units = shape.Hidden + 1;
        var hiddenWeights = new float[shape.Experts * units * shape.Inputs];
        var hiddenBias = new float[shape.Experts * units];
        var opinions = new float[shape.Experts * units * shape.Outputs];
        for (var expert = 0; expert < shape.Experts; expert++)
        {
            parameters.AsSpan(shape.HiddenWeights(expert)).CopyTo(hiddenWeights.AsSpan(expert * units * shape.Inputs));
            parameters.AsSpan(shape.HiddenBias(expert)).CopyTo(hiddenBias.AsSpan(expert * units));
            hiddenBias[expert * units + shape.Hidden] = 1;
            var turned = opinions.AsSpan(expert * units * shape.Outputs, units * shape.Outputs);
            ReadOnlySpan<float> weights = parameters.AsSpan(shape.OutputWeights(expert));
            for (var output = 0; output < shape.Outputs; output++)
                for (var unit = 0; unit < shape.Hidden; unit++) turned[unit * shape.Outputs + output] = weights[output * shape.Hidden + unit];
            parameters.AsSpan(shape.OutputBias(expert)).CopyTo(turned[(shape.Hidden * shape.Outputs)..]);
        }

        var column = graph.Apply("Unsqueeze", "input_column", [features, graph.Constant("column_axes", 1, 3)]);
        var product = graph.Apply("MatMul", "hidden_product", [Chosen("hidden_weights", hiddenWeights, shape.Inputs), column]);
        var active = graph.Apply("Relu", "active", [graph.Apply("Add", "hidden", [product, Chosen("hidden_bias", hiddenBias, 1)])]);
        var say = graph.Apply("Unsqueeze", "say", [WeightsOutput, graph.Constant("say_axes", 2, 3)]);
        var weighed = graph.Apply("Reshape", "weighed", [graph.Apply("Mul", "weighed_by_expert", [active, say]), graph.Constant("weighed_shape", 0, 1, -1)]);
        var matrix = graph.Apply("Reshape", "opinions", [Chosen("opinions_weights", opinions, shape.Outputs), graph.Constant("opinions_shape", 0, -1, shape.Outputs)]);
        return graph.Apply("Reshape", "routed", [graph.Apply("MatMul", "summed", [weighed, matrix]), graph.Constant("routed_shape", 0, shape.Outputs)]);

        string Chosen(string name, float[] all, int width) =>
            graph.Apply("Gather", $"{name}_chosen", [graph.Constant(name, all, shape.Experts, units, width), ExpertsOutput]);
    }

    /// <summary>The runtime's operator gives as many numbers as it takes: the outputs, and then zeros, which are cut off.</summary>
    private static string ByOperator(OnnxGraph graph, MixtureShape shape, float[] parameters, string features, string gate, int topK)
    {
        var experts = graph.Apply(OperatorName, OperatorDomain, "experts_said", [
            features,
            gate,
            graph.Constant("hidden_weights", Collect(shape.HiddenWeights, shape.Hidden * shape.Inputs), shape.Experts, shape.Hidden, shape.Inputs),
            graph.Constant("hidden_bias", Collect(shape.HiddenBias, shape.Hidden), shape.Experts, shape.Hidden),
            graph.Constant("opinions_weights", Collect(shape.OutputWeights, shape.Inputs * shape.Hidden), shape.Experts, shape.Inputs, shape.Hidden),
            graph.Constant("opinions_bias", Collect(shape.OutputBias, shape.Inputs), shape.Experts, shape.Inputs),
        ],
        OnnxGraph.Attribute(OperatorTopK, topK), OnnxGraph.Attribute("normalize_routing_weights", 1), OnnxGraph.Attribute("activation_type", "relu"));
        return graph.Apply("Slice", "routed", [experts, graph.Constant("first", 0L), graph.Constant("end", (long)shape.Outputs), graph.Constant("last_axis", 1L)]);

        // Each expert's block, followed by zeros up to its length.
        float[] Collect(Func<int, Range> block, int length)
        {
            var collected = new float[shape.Experts * length];
            for (var expert = 0; expert < shape.Experts; expert++) parameters.AsSpan(block(expert)).CopyTo(collected.AsSpan(expert * length));
            return collected;
        }
    }

    private static string Text(int number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
