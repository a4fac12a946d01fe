using System.Runtime.InteropServices;
using Google.Protobuf;
using Reasoner.Experts.Onnx.Format;

namespace Reasoner.Experts.Onnx;

/// <summary>
/// Writes an ONNX graph one operator at a time. Every method adds a node and hands back the name of its result, so that
/// a computation reads as it would on paper.
/// </summary>
internal sealed class OnnxGraph(string name)
{
    /// <summary>Operator set 18 is the first in which every operator used here takes its present form.</summary>
    private const int OperatorSet = 18;

    private const int FormatVersion = 10;

    private readonly GraphProto _graph = new() { Name = name };
    private readonly List<StringStringEntryProto> _metadata = [];
    private readonly SortedSet<string> _domains = new(StringComparer.Ordinal);

    /// <summary>An input; a dimension is a number, or a name where it is known only when the model runs.</summary>
    public string Input(string name, TensorProto.Types.DataType type, params ReadOnlySpan<string> shape)
    {
        _graph.Input.Add(Describe(name, type, shape));
        return name;
    }

    /// <summary>Declares an earlier result as an output of the model, under that result's name.</summary>
    public void Output(string name, TensorProto.Types.DataType type, params ReadOnlySpan<string> shape) =>
        _graph.Output.Add(Describe(name, type, shape));

    /// <summary>A constant tensor of 32-bit floats in row-major order.</summary>
    public string Constant(string name, ReadOnlySpan<float> values, params ReadOnlySpan<long> shape) =>
        Constant(name, TensorProto.Types.DataType.Float, MemoryMarshal.AsBytes(values), shape);

    /// <summary>A constant list of integers, as operators take for axes and shapes.</summary>
    public string Constant(string name, params ReadOnlySpan<long> values) =>
        Constant(name, TensorProto.Types.DataType.Int64, MemoryMarshal.AsBytes(values), [values.Length]);

    /// <summary>Adds an operator with one result.</summary>
    public string Apply(string operation, string result, ReadOnlySpan<string> inputs, params ReadOnlySpan<AttributeProto> attributes)
    {
        Apply(operation, inputs, [result], attributes);
        return result;
    }

    /// <summary>Adds an operator with several results.</summary>
    public void Apply(
        string operation, ReadOnlySpan<string> inputs, ReadOnlySpan<string> results, params ReadOnlySpan<AttributeProto> attributes)
    {
        var node = new NodeProto { OpType = operation, Name = results[0] };
        foreach (var input in inputs) node.Input.Add(input);
        foreach (var result in results) node.Output.Add(result);
        foreach (var attribute in attributes) node.Attribute.Add(attribute);
        _graph.Node.Add(node);
    }

    /// <summary>Adds an operator of another set than ONNX's own, with one result.</summary>
    public string Apply(
        string operation, string domain, string result, ReadOnlySpan<string> inputs, params ReadOnlySpan<AttributeProto> attributes)
    {
        Apply(operation, inputs, [result], attributes);
        _graph.Node[^1].Domain = domain;
        _domains.Add(domain);
        return result;
    }

    /// <summary>A text attribute of an operator.</summary>
    public static AttributeProto Attribute(string name, string value) =>
        new() { Name = name, S = ByteString.CopyFromUtf8(value), Type = AttributeProto.Types.AttributeType.String };

    /// <summary>An integer attribute of an operator.</summary>
    public static AttributeProto Attribute(string name, long value) =>
        new() { Name = name, I = value, Type = AttributeProto.Types.AttributeType.Int };

    /// <summary>A fact about the model that its graph does not show.</summary>
    public void Metadata(string key, string value) => _metadata.Add(new StringStringEntryProto { Key = key, Value = value });

    /// <summary>The bytes of a complete model file; the same graph always gives the same bytes.</summary>
    public byte[] ToModelFile() => new ModelProto
    {
        IrVersion = FormatVersion,
        ProducerName = "Reasoner",
        OpsetImport = { new OperatorSetIdProto { Version = OperatorSet }, _domains.Select(domain => new OperatorSetIdProto { Domain = domain, Version = 1 }) },
        Graph = _graph,
        MetadataProps = { _metadata },
    }.ToByteArray();

    private string Constant(string name, TensorProto.Types.DataType type, ReadOnlySpan<byte> littleEndian, ReadOnlySpan<long> shape)
    {
        var tensor = new TensorProto { Name = name, DataType = (int)type, RawData = ByteString.CopyFrom(littleEndian) };
        foreach (var length in shape) tensor.Dims.Add(length);
        _graph.Initializer.Add(tensor);
        return name;
    }

    private static ValueInfoProto Describe(string name, TensorProto.Types.DataType type, ReadOnlySpan<string> shape)
    {
        var dimensions = new TensorShapeProto();
        foreach (var length in shape)
        {
            dimensions.Dim.Add(long.TryParse(length, out var fixedLength)
                ? new TensorShapeProto.Types.Dimension { DimValue = fixedLength }
                : new TensorShapeProto.Types.Dimension { DimParam = length });
        }

        return new ValueInfoProto
        {
            Name = name,
            Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = (int)type, Shape = dimensions } },
        };
    }
}
