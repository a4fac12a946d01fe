using System.Runtime.CompilerServices;
using Reasoner.Rdf;

namespace Reasoner.Rules;

/// <summary>A node of a compiled expression.</summary>
internal abstract class Node
{
    public abstract Value Evaluate(ReadOnlySpan<Value> slots, EvaluationContext context);

    /// <summary>The effective boolean value: overridden where it is known without making a value first.</summary>
    public virtual bool? Test(ReadOnlySpan<Value> slots, EvaluationContext context) =>
        Evaluate(slots, context).EffectiveBooleanValue;
}

internal sealed class ConstantNode(Value constant) : Node
{
    public Value Constant { get; } = constant;

    public override Value Evaluate(ReadOnlySpan<Value> slots, EvaluationContext context) => Constant;
}

internal sealed class SlotNode(int slot) : Node
{
    public int Slot { get; } = slot;

    public override Value Evaluate(ReadOnlySpan<Value> slots, EvaluationContext context) => slots[Slot];
}

/// <summary>A node whose value is a boolean or an error.</summary>
internal abstract class ConditionNode : Node
{
    public abstract override bool? Test(ReadOnlySpan<Value> slots, EvaluationContext context);

    public sealed override Value Evaluate(ReadOnlySpan<Value> slots, EvaluationContext context) =>
        OperatorFunctions.ToValue(Test(slots, context));
}

internal sealed class OrNode(Node left, Node right) : ConditionNode
{
    public override bool? Test(ReadOnlySpan<Value> slots, EvaluationContext context)
    {
        var truth = left.Test(slots, context);
        return truth == true ? true : truth | right.Test(slots, context);
    }
}

internal sealed class AndNode(Node left, Node right) : ConditionNode
{
    public override bool? Test(ReadOnlySpan<Value> slots, EvaluationContext context)
    {
        var truth = left.Test(slots, context);
        return truth == false ? false : truth & right.Test(slots, context);
    }
}

internal sealed class NotNode(Node operand) : ConditionNode
{
    public override bool? Test(ReadOnlySpan<Value> slots, EvaluationContext context) => !operand.Test(slots, context);
}

internal sealed class IfNode(Node condition, Node then, Node otherwise) : Node
{
    public override Value Evaluate(ReadOnlySpan<Value> slots, EvaluationContext context) =>
        condition.Test(slots, context) switch
        {
            true => then.Evaluate(slots, context),
            false => otherwise.Evaluate(slots, context),
            null => Value.Error,
        };
}

internal sealed class InNode(Node wanted, Node[] candidates, bool isNegated) : ConditionNode
{
    public override bool? Test(ReadOnlySpan<Value> slots, EvaluationContext context)
    {
        var value = wanted.Evaluate(slots, context);
        if (value.IsError) return null;
        bool? found = false;
        foreach (var candidate in candidates)
        {
            found |= Value.AreEqual(value, candidate.Evaluate(slots, context));
            if (found == true) break;
        }

        return isNegated ? !found : found;
    }
}

internal sealed class ComparisonNode(Function comparison, Node left, Node right) : ConditionNode
{
    public override bool? Test(ReadOnlySpan<Value> slots, EvaluationContext context) =>
        OperatorFunctions.Compare(comparison, left.Evaluate(slots, context), right.Evaluate(slots, context));
}

internal sealed class SlotComparisonNode(Function comparison, int slot, Value constant) : ConditionNode
{
    private readonly Value _constant = constant;

    public override bool? Test(ReadOnlySpan<Value> slots, EvaluationContext context) =>
        OperatorFunctions.Compare(comparison, in slots[slot], in _constant);
}

internal sealed class ArithmeticNode(Function function, Node left, Node right) : Node
{
    public override Value Evaluate(ReadOnlySpan<Value> slots, EvaluationContext context) =>
        Compute(function, left.Evaluate(slots, context), right.Evaluate(slots, context));

    public static Value Compute(Function function, in Value left, in Value right) => function switch
    {
        Function.Add => Value.Add(left, right),
        Function.Subtract => Value.Subtract(left, right),
        Function.Multiply => Value.Multiply(left, right),
        _ => Value.Divide(left, right),
    };
}

internal sealed class SlotArithmeticNode(Function function, int left, int right) : Node
{
    public override Value Evaluate(ReadOnlySpan<Value> slots, EvaluationContext context) =>
        ArithmeticNode.Compute(function, in slots[left], in slots[right]);
}

internal sealed class CallNode(Function function, Node[] arguments) : Node
{
    public override Value Evaluate(ReadOnlySpan<Value> slots, EvaluationContext context)
    {
        if (arguments.Length > FewValues.Capacity)
        {
            var values = new Value[arguments.Length];
            for (var i = 0; i < values.Length; i++) values[i] = arguments[i].Evaluate(slots, context);
            return Functions.Invoke(function, values, context);
        }

        var few = new FewValues();
        for (var i = 0; i < arguments.Length; i++) few[i] = arguments[i].Evaluate(slots, context);
        return Functions.Invoke(function, ((ReadOnlySpan<Value>)few)[..arguments.Length], context);
    }

    /// <summary>Room on the stack for the arguments of any function of fixed arity.</summary>
    [InlineArray(Capacity)]
    private struct FewValues
    {
        public const int Capacity = 4;
        private Value _first;
    }
}
