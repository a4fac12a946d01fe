using System.Runtime.InteropServices;
using Google.Protobuf;
using Reasoner.Experts.Onnx.Format;
using static Reasoner.Experts.Onnx.Format.TensorProto.Types;

namespace Reasoner.Experts.Onnx;

/// <summary>
/// Reads a model file before ONNX Runtime does, and lets through only what a mixture consists of: a few operators, and
/// tensors that the file itself holds whole. A decision service has no business running any graph that someone calls a
/// model: other operators can take memory without bound or open other files, and native code that stumbles over a broken
/// file takes the process with it.
/// </summary>
internal static class ModelGuard
{
    /// <summary>More nodes than any mixture has.</summary>
    private const int MaximumNodes = 64;

    /// <summary>More tensors than any mixture has, the lists of axes included.</summary>
    private const int MaximumTensors = 64;

    /// <summary>The operators that mixtures are or were written with (ReduceSum: those gathered earlier); none makes more numbers than its inputs multiplied give.</summary>
    private static readonly HashSet<string> _operators =
    [
        "Add", "Gather", "Gemm", "MatMul", "Mul", "ReduceSum", "Relu", "Reshape", "Slice", "Softmax", "Split", "TopK", "Unsqueeze",
        $"{MixtureExporter.OperatorDomain}.{MixtureExporter.OperatorName}",
    ];

    /// <exception cref="ModelException">The file is no mixture; the message says what it holds instead.</exception>
    public static void Check(byte[] model, string file)
    {
        ModelProto parsed;
        int known;
        try
        {
            parsed = ModelProto.Parser.ParseFrom(model);
            known = ModelProto.Parser.WithDiscardUnknownFields(true).ParseFrom(model).CalculateSize();
        }
        catch (InvalidProtocolBufferException broken)
        {
            throw Refusal($"it is no ONNX file: {broken.Message}", broken);
        }

        // What is not known here, the runtime may know: parts of a graph inside an operator, or data in another file.
        if (parsed.CalculateSize() != known) throw Refusal("it holds parts that no mixture has, such as data in other files or graphs within operators");
        if (parsed.Graph is not { } graph) throw Refusal("it holds no graph");
        if (graph.Node.Count > MaximumNodes) throw Refusal($"it has {graph.Node.Count} operators; a mixture has at most {MaximumNodes}");
        if (graph.Initializer.Count > MaximumTensors) throw Refusal($"it has {graph.Initializer.Count} constant tensors; a mixture has at most {MaximumTensors}");
        foreach (var node in graph.Node)
        {
            var name = node.Domain.Length == 0 ? node.OpType : $"{node.Domain}.{node.OpType}";
            if (!_operators.Contains(name)) throw Refusal($"it has the operator {name}, which no mixture has");
        }

        foreach (var tensor in graph.Initializer) Check(tensor);

        void Check(TensorProto tensor)
        {
            var size = (DataType)tensor.DataType switch
            {
                DataType.Float => sizeof(float),
                DataType.Int64 => sizeof(long),
                _ => throw Refusal($"its tensor \"{tensor.Name}\" has elements of type {tensor.DataType}; a mixture has floats and integers"),
            };
            // Exact for any lengths: as a decimal of doubles it cannot wrap around to the right number.
            double declared = size;
            foreach (var length in tensor.Dims) declared *= length < 0 ? double.NaN : length;
            if (declared != tensor.RawData.Length)
                throw Refusal($"its tensor \"{tensor.Name}\" is declared as [{string.Join(", ", tensor.Dims)}] and holds {tensor.RawData.Length} bytes");
            if (size == sizeof(float) && !AreFinite(MemoryMarshal.Cast<byte, float>(tensor.RawData.Span)))
                throw Refusal($"its tensor \"{tensor.Name}\" holds something that is not a number");
        }

        ModelException Refusal(string problem, Exception? cause = null) =>
            new($"{file} is not a model that was written here: {problem}.", ModelFolder.DamageAdvice, cause);
    }

    private static bool AreFinite(ReadOnlySpan<float> numbers)
    {
        foreach (var number in numbers)
            if (!float.IsFinite(number)) return false;
        return true;
    }
}
