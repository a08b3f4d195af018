# In the order of inheritance: a model is built upon those that stand before it.
from . import qlvb_form_mixin  # isort: skip
from . import qlvb_form_order  # isort: skip
from . import qlvb_form_document, qlvb_form_row  # isort: skip
from . import qlvb_form_outgoing  # isort: skip
from . import qlvb_form_register  # isort: skip
from . import qlvb_form_bound  # isort: skip
from . import qlvb_form_handover  # isort: skip
from . import qlvb_form  # isort: skip
