using static Reasoner.Experts.Onnx.Format.TensorProto.Types;

namespace Reasoner.Experts.Onnx;

/// <summary>
/// Writes a trained mixture as one ONNX file: from encoded rows to calibrated probabilities, the chosen experts and
/// their weights. How many experts run is an input, so one file serves quick and thorough decisions.
/// </summary>
/// <remarks>
/// The graph gathers the weights of the chosen experts and multiplies only these, so that an expert which is not
/// chosen costs nothing whatever their number. The file is refused unless ONNX Runtime computes from it what the
/// trainer computes.
/// </remarks>
internal static class MixtureExporter
{
    public const string FeaturesInput = "features";
    public const string TopKInput = "topk";
    public const string ProbabilitiesOutput = "probabilities";
    public const string ExpertsOutput = "experts";
    public const string WeightsOutput = "weights";

    /// <summary>The key of the metadata that says how many experts there are; no shape of the graph does.</summary>
    public const string ExpertsMetadata = "experts";

    /// <summary>The greatest difference between the file's probabilities and the trainer's that is taken for rounding.</summary>
    public const double Tolerance = 1e-4;

    private const int CheckedRows = 64;

    /// <summary>The bytes of the model file; the same mixture always gives the same bytes.</summary>
    /// <exception cref="ModelException">ONNX Runtime computes something else from the file than the trainer does.</exception>
    public static byte[] Export(TrainedMixture mixture)
    {
        var model = Write(mixture);
        Verify(mixture, model);
        return model;
    }

    /// <summary>Refuses a file that does not compute what the mixture computes, on random rows and every number of experts.</summary>
    public static void Verify(TrainedMixture mixture, byte[] model)
    {
        using var session = OnnxEnvironment.Open(model);
        var random = new Random(mixture.Options.Seed);
        var rows = new FeatureMatrix(CheckedRows, mixture.Encoder.Width);
        for (var row = 0; row < rows.Rows; row++)
            foreach (ref var value in rows[row]) value = random.Next(3) == 0 ? (float)(random.NextDouble() * 4 - 2) : 0;

        var pass = new MixturePass(mixture.Network.Shape);
        var expected = new double[mixture.Classes.Count];
        foreach (var topK in (int[])[1, mixture.Options.TopK, mixture.Options.Experts])
        {
            using var run = new BoundRun(session, rows.Rows, rows.Columns, topK, mixture.Classes.Count);
            for (var row = 0; row < rows.Rows; row++) rows[row].CopyTo(run.Features(row));
            run.Run();
            for (var row = 0; row < rows.Rows; row++)
            {
                mixture.Forward(rows[row], topK, pass, expected);
                if (IsTooCloseToCall(pass.GateLogits, topK)) continue;
                for (var c = 0; c < expected.Length; c++)
                {
                    // A comparison with not-a-number is false: only a difference known to be small passes.
                    if (Math.Abs(expected[c] - run.Probabilities(row)[c]) <= Tolerance) continue;
                    throw new ModelException(
                        $"ONNX Runtime gives the probability {run.Probabilities(row)[c]:G6} where the trainer gives {expected[c]:G6} (row {row + 1}, {topK} experts).",
                        "The model was not written. Train again with another seed or a smaller LearningRate; weights this large are not to be trusted.");
                }
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

    private static byte[] Write(TrainedMixture mixture)
    {
        var shape = mixture.Network.Shape;
        string inputs = Text(shape.Inputs), classes = Text(shape.Outputs);
        var parameters = Array.ConvertAll(mixture.Network.Parameters, parameter => (float)parameter);
        var graph = new OnnxGraph("mixture");
        var features = graph.Input(FeaturesInput, DataType.Float, "rows", inputs);
        var topK = graph.Input(TopKInput, DataType.Int64, "1");

        // Which experts, and how much each says.
        var gate = graph.Apply("Gemm", "gate_logits", [
            features,
            graph.Constant("gate_weights", parameters.AsSpan(shape.GateWeights), shape.Experts, shape.Inputs),
            graph.Constant("gate_bias", parameters.AsSpan(shape.GateBias), shape.Experts),
        ], OnnxGraph.Attribute("transB", 1));
        graph.Apply("TopK", [gate, topK], ["chosen_logits", ExpertsOutput], OnnxGraph.Attribute("axis", -1));
        graph.Apply("Softmax", WeightsOutput, ["chosen_logits"], OnnxGraph.Attribute("axis", -1));

        // The chosen experts: [rows, k, 1, inputs] x [rows, k, inputs, hidden] and on to [rows, k, 1, classes].
        var inputRow = graph.Apply("Unsqueeze", "input_row", [features, graph.Constant("inner_axes", 1, 2)]);
        var hidden = Layer("hidden", inputRow, shape.HiddenWeights, shape.HiddenBias, shape.Inputs, shape.Hidden);
        var active = graph.Apply("Relu", "active", [hidden]);
        var opinions = Layer("opinions", active, shape.OutputWeights, shape.OutputBias, shape.Hidden, shape.Outputs);

        // Their weighted sum: [rows, 1, k] x [rows, k, classes].
        var sayAxis = graph.Constant("say_axis", 1L);
        var say = graph.Apply("Unsqueeze", "say", [WeightsOutput, sayAxis]);
        var opinionRows = graph.Apply("Squeeze", "opinion_rows", [opinions, graph.Constant("opinion_axis", 2L)]);
        var mixed = graph.Apply("MatMul", "mixed", [say, opinionRows]);
        var routed = graph.Apply("Squeeze", "routed", [mixed, sayAxis]);

        var shared = graph.Apply("Gemm", "shared", [
            features,
            graph.Constant("shared_weights", parameters.AsSpan(shape.SharedWeights), shape.Outputs, shape.Inputs),
            graph.Constant("shared_bias", parameters.AsSpan(shape.SharedBias), shape.Outputs),
        ], OnnxGraph.Attribute("transB", 1));
        var logits = graph.Apply("Add", "logits", [shared, routed]);
        var calibrated = graph.Apply("Div", "calibrated", [logits, graph.Constant("temperature", [(float)mixture.Temperature], 1)]);
        graph.Apply("Softmax", ProbabilitiesOutput, [calibrated], OnnxGraph.Attribute("axis", -1));

        graph.Output(ProbabilitiesOutput, DataType.Float, "rows", classes);
        graph.Output(ExpertsOutput, DataType.Int64, "rows", "k");
        graph.Output(WeightsOutput, DataType.Float, "rows", "k");
        graph.Metadata(ExpertsMetadata, Text(shape.Experts));
        return graph.ToModelFile();

        string Layer(string name, string from, Func<int, Range> weights, Func<int, Range> bias, int width, int height)
        {
            var allWeights = graph.Constant(
                $"{name}_weights", Stack(parameters, shape.Experts, weights, width, height), shape.Experts, width, height);
            var allBiases = graph.Constant($"{name}_bias", Stack(parameters, shape.Experts, bias, 1, height), shape.Experts, 1, height);
            var chosenWeights = graph.Apply("Gather", $"{name}_chosen_weights", [allWeights, ExpertsOutput]);
            var chosenBiases = graph.Apply("Gather", $"{name}_chosen_bias", [allBiases, ExpertsOutput]);
            var product = graph.Apply("MatMul", $"{name}_product", [from, chosenWeights]);
            return graph.Apply("Add", name, [product, chosenBiases]);
        }
    }

    /// <summary>The blocks of all experts one after the other, each turned from [height, width] to [width, height].</summary>
    private static float[] Stack(float[] parameters, int experts, Func<int, Range> block, int width, int height)
    {
        var stacked = new float[experts * width * height];
        for (var expert = 0; expert < experts; expert++)
        {
            ReadOnlySpan<float> weights = parameters.AsSpan(block(expert));
            var turned = stacked.AsSpan(expert * width * height);
            for (var row = 0; row < height; row++)
                for (var column = 0; column < width; column++) turned[column * height + row] = weights[row * width + column];
        }

        return stacked;
    }

    private static string Text(int number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
