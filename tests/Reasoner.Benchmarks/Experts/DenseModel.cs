using Reasoner.Experts;
using Reasoner.Experts.Onnx;
using static Reasoner.Experts.Onnx.Format.TensorProto.Types;

namespace Reasoner.Benchmarks;

/// <summary>
/// A mixture whose experts all run, weighed by a softmax over all gate logits: as many parameters as the sparse one. Its
/// layers are two large matrices, which is the fastest way to run all experts that is known here.
/// </summary>
internal static class DenseModel
{
    public static byte[] Write(TrainedMixture mixture)
    {
        var shape = mixture.Network.Shape;
        var parameters = Array.ConvertAll(mixture.Network.Parameters, parameter => (float)parameter);
        var units = shape.Experts * shape.Hidden;
        var graph = new OnnxGraph("dense");
        var features = graph.Input(MixtureExporter.FeaturesInput, DataType.Float, "rows", $"{shape.Inputs}");
        var gate = graph.Apply("Softmax", "gate", [Linear("gate_logits", shape.Experts, parameters.AsSpan(shape.GateWeights), parameters.AsSpan(shape.GateBias))], OnnxGraph.Attribute("axis", -1));
        var hidden = graph.Apply("Relu", "hidden", [Linear("hidden_sums", units, All(shape.HiddenWeights), All(shape.HiddenBias))]);
        var byExpert = graph.Apply("Reshape", "by_expert", [hidden, graph.Constant("by_expert_shape", 0, shape.Experts, shape.Hidden)]);
        var say = graph.Apply("Unsqueeze", "say", [gate, graph.Constant("say_axes", 2L)]);
        var weighed = graph.Apply("Reshape", "weighed", [graph.Apply("Mul", "weighed_by_expert", [byExpert, say]), graph.Constant("flat_shape", 0, units)]);
        var shared = Linear("shared", shape.Outputs, parameters.AsSpan(shape.SharedWeights), parameters.AsSpan(shape.SharedBias));
        var offset = graph.Apply("Gemm", "offset", [gate, graph.Constant("opinions_bias", All(shape.OutputBias), shape.Experts, shape.Outputs), shared]);
        var logits = graph.Apply("Gemm", "logits", [weighed, graph.Constant("opinions_weights", Turned(), units, shape.Outputs), offset]);
        graph.Apply("Softmax", MixtureExporter.ProbabilitiesOutput, [logits], OnnxGraph.Attribute("axis", -1));
        graph.Output(MixtureExporter.ProbabilitiesOutput, DataType.Float, "rows", $"{shape.Outputs}");
        return graph.ToModelFile();

        string Linear(string name, int outputs, ReadOnlySpan<float> weights, ReadOnlySpan<float> bias) => graph.Apply(
            "Gemm", name,
            [features, graph.Constant($"{name}_weights", weights, outputs, shape.Inputs), graph.Constant($"{name}_bias", bias, outputs)],
            OnnxGraph.Attribute("transB", 1));

        float[] All(Func<int, Range> block) => [.. Enumerable.Range(0, shape.Experts).SelectMany(expert => parameters[block(expert)])];

        float[] Turned()
        {
            var turned = new float[units * shape.Outputs];
            for (var expert = 0; expert < shape.Experts; expert++)
            {
                ReadOnlySpan<float> weights = parameters.AsSpan(shape.OutputWeights(expert));
                for (var output = 0; output < shape.Outputs; output++)
                    for (var unit = 0; unit < shape.Hidden; unit++) turned[(expert * shape.Hidden + unit) * shape.Outputs + output] = weights[output * shape.Hidden + unit];
            }

            return turned;
        }
    }
}
