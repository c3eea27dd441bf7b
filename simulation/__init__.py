"""The synthetic nation: people, ports and traffic for the demo and the benchmarks.

It is a program that uses the product through its operations; nothing under src imports it.
"""
