"""genoview's models over AlphaGenome's gRPC protocol, for its official client and for others.

request -> limits -> Workbench's queue -> Answer -> protocol messages. Needs the extra `serve`.
"""
