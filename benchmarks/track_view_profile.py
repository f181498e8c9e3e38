"""stub"""
def breakdown(*a): pass
